/** The form by which meetings are judged: the operator's own, or the example that ships with the group's kind. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isCollection, LineCounter, type Node, parseDocument } from 'yaml'
import { z } from 'zod'
import { fewerIsBetter, measures, type ScoreForm } from '../domain/meeting-score.ts'
import type { ProfileName } from '../profiles/index.ts'
import { Refused } from './admin.ts'
import { prismaDirectory } from './migrate.ts'

const kinds = ['regular', 'thematic', 'combined'] as const
const line = z.string().trim().min(1).max(300)
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, such as on-schedule')
const half = z.number().min(0).max(1000).multipleOf(0.5, 'must be a multiple of 0.5')
const bound = z.number().min(0).max(100_000)
const steps = z.array(
  z.union(
    [
      z.strictObject({ from: bound, points: half }),
      z.strictObject({ above: bound, points: half }),
      z.strictObject({ atMost: bound, points: half }),
    ],
    'must be points and one of from, above, atMost, such as { from: 90, points: 10 }',
  ),
)

const criterion = z
  .strictObject({
    id,
    label: line,
    labelEn: line.optional(),
    points: half.min(0.5, 'must be at least 0.5'),
    measure: z.enum(measures).optional(),
    steps: steps.min(1).optional(),
    kinds: z.array(z.enum(kinds)).min(1).optional(),
  })
  .superRefine(({ points, measure, steps }, fault) => {
    if (measure && !steps) fault.addIssue({ code: 'custom', path: ['measure'], message: 'needs steps' })
    if (!measure && steps) fault.addIssue({ code: 'custom', path: ['steps'], message: 'need a measure' })
    for (const [at, step] of (steps ?? []).entries()) {
      const add = (message: string) => fault.addIssue({ code: 'custom', path: ['steps', at], message })
      if (step.points > points) add(`has ${step.points} points, but the criterion has ${points} at most`)
      if (measure && 'atMost' in step !== (measure === fewerIsBetter))
        add(measure === fewerIsBetter ? 'must be atMost: fewer is better' : 'must be from or above: more is better')
    }
  })

const unique = (of: readonly { id: string }[], path: string, fault: z.RefinementCtx) => {
  for (const [at, each] of of.entries())
    if (of.findIndex((other) => other.id === each.id) < at)
      fault.addIssue({ code: 'custom', path: [path, at, 'id'], message: `${each.id} is there twice` })
}

const formSchema = z
  .strictObject({
    title: line,
    titleEn: line.optional(),
    source: line,
    criteria: z.array(criterion).min(1).max(100),
    grades: z
      .array(z.strictObject({ id, label: line, labelEn: line.optional(), from: z.number().min(0).max(100) }))
      .min(1)
      .max(20),
  })
  .superRefine(({ criteria, grades }, fault) => {
    unique(criteria, 'criteria', fault)
    unique(grades, 'grades', fault)
    for (const [at, { from }] of grades.entries()) {
      const before = grades[at - 1]
      const path = ['grades', at, 'from']
      if (before && before.from <= from)
        fault.addIssue({ code: 'custom', path, message: 'must be lower than that of the grade before' })
      if (at === grades.length - 1 && from !== 0)
        fault.addIssue({ code: 'custom', path, message: 'must be 0 of the last grade' })
    }
    for (const kind of kinds)
      if (!criteria.some((each) => !each.kinds || each.kinds.includes(kind)))
        fault.addIssue({ code: 'custom', path: ['criteria'], message: `have none for ${kind} meetings` })
  })

/** The position of what is named by a path, or of the nearest thing around it. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0 && isCollection(root); length -= 1) {
    const node = root.getIn(path.slice(0, length), true) as Node | undefined
    if (node?.range) return node.range[0]
  }
  return root?.range?.[0] ?? 0
}

export interface FormFile {
  form: ScoreForm
  path: string
  /** First 16 digits of the SHA-256 of its text. */
  version: string
}

/**
 * Reads a form.
 *
 * @throws Refused with every fault as `file:line: where: what is wrong`
 */
export function readMeetingForm(text: string, path: string, locale: 'vi' | 'en' = 'vi'): FormFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => `${path}:${lines.linePos(offset).line}`
  if (document.errors.length > 0)
    throw new Refused(document.errors.map(({ pos, message }) => `${at(pos[0])}: ${message}`).join('\n'))
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: 20 })
  } catch (error) {
    throw new Refused(`${path}:1: ${(error as Error).message}`)
  }
  const read = formSchema.safeParse(content)
  if (!read.success) {
    const faults = read.error.issues.map((issue) => {
      const where = issue.path.map(String).join('.') || 'the form'
      return `${at(offsetOf(document.contents as Node | null, issue.path))}: ${where}: ${issue.message}`
    })
    throw new Refused(faults.join('\n'))
  }
  const named = <T extends { label: string; labelEn?: string | undefined }>({ labelEn, ...rest }: T) =>
    locale === 'en' && labelEn ? { ...rest, label: labelEn } : rest
  const { title, titleEn, source, criteria, grades } = read.data
  const form = {
    title: locale === 'en' && titleEn ? titleEn : title,
    source,
    criteria: criteria.map(named),
    grades: grades.map(named),
  } as ScoreForm
  return { form, path, version: createHash('sha256').update(text).digest('hex').slice(0, 16) }
}

/** `DATA_DIR/forms/meeting-score.yaml` where there is one, else the example of the profile. */
export async function loadMeetingForm(kind: {
  dataDir: string
  profile: ProfileName
  locale: 'vi' | 'en'
}): Promise<FormFile> {
  const own = join(kind.dataDir, 'forms', 'meeting-score.yaml')
  const text = await readFile(own, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new Refused(`${own}: cannot be read (${error.code}).`)
  })
  if (text !== null) return readMeetingForm(text, own, kind.locale)
  const example = join(prismaDirectory(), 'data', kind.profile, 'meeting-score.yaml')
  return readMeetingForm(await readFile(example, 'utf8'), example, kind.locale)
}
