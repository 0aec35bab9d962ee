/** `nep import`: the roster of an organisation from a file. */
import { constants, existsSync } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import type { ImportResult } from '../store/roster-import.ts'
import { Failed, ownProfile, print, subcommand, wholeNumber, withDatabase } from './command-line.ts'
import { rosterProblemText } from './roster-texts.ts'

const { roster } = ownProfile().vi.names
const help = `
The file is .csv (UTF-8; comma or semicolon) or .xlsx. Its header row names the columns, in any order:
  Họ và tên (name), Chức vụ (role), Tình trạng (status); other columns are ignored.
Roles:    ${roster.roles}
          secretary, deputy, clerk, committee, member
Statuses: ${roster.statuses}
          official, probationary, exempt, away, temporarilyHere, suspended, left
An empty cell means member, official for somebody new, and no change for somebody on the roster.
A name that is on the roster is updated, a new one is added, and whoever is not in the file stays.

Examples:
  nep import roster.xlsx --org 2            look only: lists every row that is wrong
  nep import roster.xlsx --org 2 --apply    import, unless a row is wrong
`

/** npm runs us in the project's folder; a path is meant as seen from where the operator typed it. */
function findFile(path: string): string {
  const from = process.env.INIT_CWD
  const here = resolve(path)
  return existsSync(here) || from === undefined ? here : resolve(from, path)
}

/** @throws where there is no file that can be read, before the database is opened */
async function readableFile(typed: string): Promise<string> {
  const path = findFile(typed)
  const found = await stat(path).catch((err: NodeJS.ErrnoException) => {
    const why = err.code === 'EACCES' ? 'its folder may not be entered by this user' : 'there is no such file'
    throw new Error(`The roster ${path} cannot be opened: ${why}. Check the path.`)
  })
  if (found.isDirectory()) throw new Error(`${path} is a folder: name the .csv or .xlsx file in it.`)
  if (!found.isFile()) throw new Error(`${path} is no file: name a .csv or .xlsx file.`)
  await access(path, constants.R_OK).catch(() => {
    throw new Error(`The roster ${path} may not be read by this user: give the right to read it (chmod u+r).`)
  })
  return path
}

function linesFor(result: ImportResult, errors: { row: number; column: string; problem: string }[]): string[] {
  const { added, changed, unchanged, notInFile, applied } = result
  const where = ({ row, column }: { row: number; column: string }) =>
    `${row === 0 ? 'File' : `Row ${row}`}${column === '' ? '' : `, ${column}`}`
  if (errors.length > 0)
    return [
      ...errors.map((each) => `${where(each)}: ${each.problem}`),
      errors.length === 1 ? '1 error; nothing is imported.' : `${errors.length} errors; nothing is imported.`,
    ]
  const counts = `${added} new, ${changed} changed, ${unchanged} unchanged`
  const stay = notInFile === 0 ? [] : [`${notInFile} on the roster are not in the file and stay as they are.`]
  return applied
    ? [`Imported ${result.rows} rows: ${counts}.`, ...stay]
    : [`${result.rows} rows, no errors: ${counts}.`, ...stay, 'Nothing is written yet: add --apply to import.']
}

/** Adds `import`. */
export function addImportCommand(program: Command): void {
  subcommand(program, 'import <file>', "import an organisation's roster; without --apply, only look")
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--apply', 'import; nothing is imported while any row is wrong')
    .addHelpText('after', help)
    .action(async (typed: string, options: { org: number; apply?: boolean }, command: Command) => {
      const path = await readableFile(typed)
      const { result, errors } = await withDatabase(async ({ pool, config, now }) => {
        const { importRoster } = await import('../store/roster-import.ts')
        const wanted = { orgId: options.org, apply: options.apply === true, now: now() }
        const result = await importRoster(pool, path, wanted)
        const errors = result.faults.map((fault) => ({
          ...{ row: fault.row, column: fault.column ?? '', problem: rosterProblemText(config, fault) },
        }))
        return { result, errors }
      })
      const { rows, applied } = result
      print(command, { rows, errors, imported: applied ? rows : 0 }, linesFor(result, errors))
      if (errors.length > 0 && (options.apply || rows === 0))
        throw new Failed(
          `Nothing is imported: ${errors.length === 1 ? '1 fault' : `${errors.length} faults`} in ${path}, listed above. Mend the file and import it again.`,
        )
    })
}
