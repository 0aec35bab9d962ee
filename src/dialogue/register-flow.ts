/**
 * Registering deeds: what is missing is asked (the deeds, each deadline), the whole is shown and confirmed by number.
 * The deeds are drafts in the database from the first message on, so nothing typed is lost when the talk breaks off.
 */
import { draftDeed, edit, focusOf, isVague, maxDeedLength, nextNumber, standing, submit } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import type { DeedDraft, Extras, Intent } from '../language/intents.ts'
import { routeOf, waitsForReview } from './approval.ts'
import { type Effect, reply } from './effects.ts'
import type { Facts } from './facts.ts'
import { type Flow, openFlow, type Step } from './flow.ts'
import { looksClassified } from './guard.ts'
import {
  askText,
  collectiveOf,
  deedsOf,
  dueQuestion,
  formOf,
  isBeyond,
  lastDayOf,
  limits,
  offers,
  onForm,
  openDrafts,
  roomLeft,
  type Subject,
} from './register-subject.ts'

interface State {
  subject: Subject
  stage: 'deeds' | 'due' | 'confirm'
  /** The drafts being worked on. */
  numbers: number[]
  /** Stage 'due': the draft asked about, and the days to choose from where the day typed may not be guessed. */
  asking?: number
  candidates?: string[]
  /** Begun in place of earlier drafts, whose numbers it may have. */
  isAnew?: true
  /** Candidates that still have to be asked, by draft number. */
  ambiguous?: Record<number, string[]>
  /** Days typed that lie beyond the year or have passed, by draft number: said when the deadline is asked for. */
  beyond?: Record<number, string>
  hinted?: boolean
}

type RegisterStep = { state: State; effects: Effect[] } | { done: true; effects: Effect[] }

function withHint(facts: Facts, state: State, text: string, drafts: readonly Deed[]): string {
  if (state.hinted || formOf(state.subject) !== 'pledge' || !drafts.some((deed) => isVague(deed.content ?? '')))
    return text
  state.hinted = true
  return `${text}\n${facts.texts.vagueHint}`
}

/** Asks for the next missing thing, or shows the whole for confirmation. */
function advance(facts: Facts, given: State, drafts: readonly Deed[], before: Effect[]): RegisterStep {
  const { texts } = facts
  const state: State = { ...given }
  const missing = drafts.find((deed) => deed.dueOn === null)
  if (!missing) {
    const collective = collectiveOf(facts, state.subject)
    const whole = onForm(facts, state.subject, texts.confirmDeeds(drafts, collective))
    const question = withHint(facts, state, whole, drafts)
    const choices = texts.confirmLabels.map((label, index) => ({ label, number: index + 1 }))
    return { state: { ...state, stage: 'confirm' }, effects: [...before, reply(question, choices)] }
  }
  const candidates = state.ambiguous?.[missing.number]
  const question = withHint(
    facts,
    state,
    dueQuestion(facts, state.subject, missing, candidates, state.beyond?.[missing.number]),
    drafts,
  )
  return {
    state: { ...state, stage: 'due', asking: missing.number, candidates },
    effects: [...before, reply(question)],
  }
}

function draftsOf(facts: Facts, state: State): Deed[] {
  return standing(deedsOf(facts, state.subject)).filter(
    (deed) => deed.state === 'draft' && state.numbers.includes(deed.number),
  )
}

/** Drafts for what was typed, or why not. Numbers of drafts that are removed with it are free: nobody was promised them. */
function addDrafts(
  facts: Facts,
  subject: Subject,
  typed: readonly DeedDraft[],
  extras: Extras | undefined,
  removed: readonly Effect[] = [],
) {
  const { texts, now } = facts
  if (typed.some((deed) => looksClassified(deed.content))) return { problem: [reply(texts.classified)] }
  if (typed.some((deed) => deed.content.length > maxDeedLength)) {
    return { problem: [reply(texts.deedTooLong(maxDeedLength))] }
  }
  const gone = new Set(
    removed.flatMap((effect) => ('remove' in effect && effect.remove === 'deed' ? [effect.row.number] : [])),
  )
  let number = nextNumber(deedsOf(facts, subject).filter((deed) => !gone.has(deed.number)))
  const ambiguous: Record<number, string[]> = {}
  const beyond: Record<number, string> = {}
  const drafts = typed.map((deed, index) => {
    const candidates = extras?.dueAsk?.[index]
    const within = candidates?.filter((day) => !isBeyond(facts, subject, day)) ?? []
    if (within.length > 0) ambiguous[number] = within
    // A commitment is of a year by its nature: its end is not asked for.
    const last = formOf(subject) === 'pledge' ? null : lastDayOf(subject)
    const typedDue = candidates ? (within.length > 0 ? undefined : candidates[0]) : deed.due
    const isTooLate = typedDue !== undefined && isBeyond(facts, subject, typedDue)
    if (isTooLate) beyond[number] = typedDue
    const due = candidates || isTooLate ? null : (typedDue ?? last)
    const { year, subjectKind, subjectId, orgId } = subject
    const draft = draftDeed(
      { year, subjectKind, subjectId, orgId, number: number++ },
      deed.content,
      due,
      now,
      formOf(subject),
    )
    return subjectKind === 'collective' ? { ...draft, focus: focusOf(deed.content) } : draft
  })
  const effects: Effect[] = drafts.map((row) => ({ put: 'deed', row }))
  return { drafts, effects, ambiguous, beyond }
}

/**
 * Starts a registration with what was typed, which may be nothing. Earlier drafts of the same subject are taken up
 * again. Too many deeds are not cut: the caller asks which to leave out.
 */
export function startRegistration(
  facts: Facts,
  subject: Subject,
  typed: readonly DeedDraft[],
  extras: Extras | undefined,
  replaced: Effect[] = [],
): Effect[] {
  const old = replaced.length > 0 ? [] : openDrafts(facts, subject)
  const added = addDrafts(facts, subject, typed, extras, replaced)
  if (added.problem) return added.problem
  const drafts = [...old, ...added.drafts]
  const { min, max } = limits(facts, subject)
  const state: State = {
    subject,
    stage: 'deeds',
    numbers: drafts.map((deed) => deed.number),
    ambiguous: added.ambiguous,
    ...(replaced.length > 0 ? { isAnew: true as const } : {}),
    beyond: added.beyond,
  }
  if (drafts.length === 0) {
    const question = askText(facts, subject, min, max)
    return [reply(question), { dialogue: openFlow(registerFlow, state, 'deeds') }]
  }
  return asEffects(advance(facts, state, drafts, [...replaced, ...added.effects]))
}

function asEffects(step: RegisterStep): Effect[] {
  if ('done' in step) return [...step.effects, { dialogue: null }]
  return [...step.effects, { dialogue: openFlow(registerFlow, step.state, step.state.stage) }]
}

const asStep = (step: RegisterStep): Step<State> => ('done' in step ? step : { ...step, expecting: step.state.stage })

function dropDrafts(facts: Facts, state: State): Effect[] {
  return draftsOf(facts, state).map((row) => ({ remove: 'deed', row }))
}

function sendAll(facts: Facts, state: State): RegisterStep {
  const { texts, now, me } = facts
  const drafts = draftsOf(facts, state)
  const by = me?.memberId ?? null
  const collective = collectiveOf(facts, state.subject)
  // Others may have been sent from another chat since these were typed.
  const { standing: sent, max, room } = roomLeft(facts, state.subject)
  if (drafts.length > room) return { done: true, effects: [reply(texts.tooMany(max, sent, drafts.length, collective))] }
  const effects: Effect[] = drafts.flatMap((draft): Effect[] => {
    const { deed, history } = submit(draft, now, by)
    return [
      { put: 'deed', row: deed },
      { put: 'deedHistory', row: history },
      {
        audit: {
          orgId: deed.orgId,
          action: 'deed.submitted',
          subject: `${deed.subjectKind}:${deed.subjectId}:${deed.year}:${deed.number}`,
          details: { version: deed.version },
        },
      },
    ]
  })
  const [first] = drafts
  if (first) effects.push(waitsForReview(facts, first))
  const route = first ? routeOf(facts, first) : 'cell'
  const campaign = facts.campaign(state.subject.orgId, state.subject.year)
  const late = facts.today > campaign.closesOn ? ` ${texts.lateNote(campaign.closesOn)}` : ''
  const told = onForm(facts, state.subject, texts.submitted(drafts.length, collective, route)) + late
  return { done: true, effects: [...effects, reply([told, ...offers(facts, state.subject, sent, drafts)].join('\n'))] }
}

/**
 * The drafts may have been sent, changed or taken back in another chat meanwhile: the question is then put anew instead
 * of being answered. Null while everything is as it was asked.
 */
function overtaken(state: State, facts: Facts): RegisterStep | null {
  if (state.numbers.length === 0) return null
  const drafts = draftsOf(facts, state)
  if (drafts.length === 0) return { done: true, effects: [reply(facts.texts.draftGone)] }
  const isAsked = state.stage !== 'due' || drafts.some((deed) => deed.number === state.asking && deed.dueOn === null)
  if (isAsked && drafts.length === state.numbers.length) return null
  return advance(facts, { ...state, numbers: drafts.map((deed) => deed.number) }, drafts, [])
}

function nextInDeeds(state: State, facts: Facts, intent: Intent): RegisterStep | null {
  if (intent.intent !== 'pledge.register' && intent.intent !== 'pledge.registerCollective') return null
  if (intent.slots.deeds.length === 0) return null
  const { room } = roomLeft(facts, state.subject)
  const old = draftsOf(facts, state)
  if (old.length + intent.slots.deeds.length > room) return null
  const added = addDrafts(facts, state.subject, intent.slots.deeds, intent.extras)
  if (added.problem) return { state, effects: added.problem }
  const numbers = [...state.numbers, ...added.drafts.map((deed) => deed.number)]
  const { ambiguous, beyond } = added
  return advance(facts, { ...state, numbers, ambiguous, beyond }, [...old, ...added.drafts], added.effects)
}

function dueAnswered(state: State, intent: Intent): string | string[] | null {
  if (intent.intent === 'dialogue.choose') {
    const { choice } = intent.slots
    if (state.candidates) return state.candidates[choice - 1] ?? null
    return choice === 1 ? lastDayOf(state.subject) : null
  }
  if (intent.intent !== 'pledge.edit' || intent.slots.content) return null
  if (intent.slots.deed !== undefined && intent.slots.deed !== state.asking) return null
  return intent.extras?.ask ?? intent.slots.due ?? null
}

/** "Sửa việc 1: …" while the drafts are on the table: changes the draft and goes on. */
function draftEdited(state: State, facts: Facts, intent: Intent): RegisterStep | null {
  if (intent.intent !== 'pledge.edit' || intent.slots.deed === undefined) return null
  const drafts = draftsOf(facts, state)
  const index = drafts.findIndex((deed) => deed.number === intent.slots.deed)
  const draft = drafts[index]
  const { content, due } = intent.slots
  if (!draft || (!content && !due)) return null
  if (content && looksClassified(content)) return { state, effects: [reply(facts.texts.classified)] }
  if (content && content.length > maxDeedLength) {
    return { state, effects: [reply(facts.texts.deedTooLong(maxDeedLength))] }
  }
  if (due && isBeyond(facts, state.subject, due)) {
    const { texts, today } = facts
    const passed = due < today ? texts.duePassed(content ?? draft.content ?? '', due) : null
    return { state, effects: [reply(passed ?? texts.editDueBeyond(due, lastDayOf(state.subject)))] }
  }
  const { deed } = edit(draft, { content, dueOn: due }, facts.now, facts.me?.memberId ?? null)
  drafts[index] = deed
  return advance(facts, { ...state, hinted: false }, drafts, [{ put: 'deed', row: deed }])
}

/** "Rút việc 2" while the drafts are on the table: takes the draft back and goes on with the rest. */
function draftWithdrawn(state: State, facts: Facts, intent: Intent): RegisterStep | null {
  if (intent.intent !== 'pledge.withdraw') return null
  const all = standing(deedsOf(facts, state.subject))
  const number = intent.slots.deed ?? (all.length === 1 ? all[0]?.number : undefined)
  const drafts = draftsOf(facts, state)
  const draft = drafts.find((deed) => deed.number === number)
  if (!draft) return null
  const left = drafts.filter((deed) => deed !== draft)
  const effects: Effect[] = [{ remove: 'deed', row: draft }, reply(facts.texts.withdrawnDeed(draft.number))]
  if (left.length === 0) return { done: true, effects }
  return advance(facts, { ...state, numbers: left.map((deed) => deed.number) }, left, effects)
}

function nextInDue(state: State, facts: Facts, intent: Intent): RegisterStep | null {
  const answer = dueAnswered(state, intent)
  const drafts = draftsOf(facts, state)
  const index = drafts.findIndex((deed) => deed.number === state.asking)
  const draft = drafts[index]
  if (!answer || !draft || state.asking === undefined) return null
  const within = [answer].flat().filter((day) => !isBeyond(facts, state.subject, day))
  if (Array.isArray(answer) && within.length > 0) {
    return advance(facts, { ...state, ambiguous: { ...state.ambiguous, [state.asking]: within } }, drafts, [])
  }
  const [first = ''] = [answer].flat()
  if (Array.isArray(answer) || isBeyond(facts, state.subject, first)) {
    return advance(facts, { ...state, beyond: { ...state.beyond, [state.asking]: first } }, drafts, [])
  }
  const { deed } = edit(draft, { dueOn: answer }, facts.now, facts.me?.memberId ?? null)
  drafts[index] = deed
  const ambiguous = { ...state.ambiguous }
  delete ambiguous[state.asking]
  return advance(facts, { ...state, ambiguous }, drafts, [{ put: 'deed', row: deed }])
}

function nextInConfirm(state: State, facts: Facts, intent: Intent): RegisterStep | null {
  const choice = intent.intent === 'dialogue.choose' ? intent.slots.choice : 0
  if (intent.intent === 'dialogue.yes' || choice === 1) return sendAll(facts, state)
  if (intent.intent === 'dialogue.no' || choice === 2) {
    const effects = [...dropDrafts(facts, state), reply(facts.texts.rewrite)]
    return { state: { ...state, stage: 'deeds', numbers: [], hinted: false }, effects }
  }
  return null
}

export const registerFlow: Flow<State> = {
  name: 'register',
  version: 1,
  next(state, facts, intent): Step<State> {
    if (intent.intent === 'dialogue.cancel') {
      return { done: true, effects: [...dropDrafts(facts, state), reply(facts.texts.draftDropped)] }
    }
    const isCommand = intent.intent !== 'none' && !intent.intent.startsWith('dialogue.')
    const moved = overtaken(state, facts)
    if (moved && 'done' in moved) return isCommand ? { run: intent } : moved
    if (moved && !isCommand) return asStep(moved)
    const stages = { deeds: nextInDeeds, due: nextInDue, confirm: nextInConfirm }
    const step =
      stages[state.stage](state, facts, intent) ??
      draftEdited(state, facts, intent) ??
      draftWithdrawn(state, facts, intent)
    return step ? asStep(step) : { pass: true }
  },
  prompt(state, facts) {
    const { texts } = facts
    const { min, max } = limits(facts, state.subject)
    const drafts = draftsOf(facts, state)
    const collective = collectiveOf(facts, state.subject)
    const asked = drafts.find((deed) => deed.number === state.asking)
    if (state.stage === 'due' && asked && asked.dueOn === null) {
      return dueQuestion(facts, state.subject, asked, state.candidates, state.beyond?.[asked.number])
    }
    if (drafts.length > 0) return onForm(facts, state.subject, texts.confirmDeeds(drafts, collective))
    return askText(facts, state.subject, min, max)
  },
  dropped(state, facts, by) {
    const { texts } = facts
    if (draftsOf(facts, state).length === 0) return texts.droppedOpen
    if (by.flow !== 'register') return `${texts.droppedOpen} ${texts.draftWaits}`
    // Taken up again, or replaced by what was typed now.
    const { numbers, isAnew } = by.state as State
    return !isAnew && state.numbers.every((number) => numbers.includes(number)) ? null : texts.draftReplaced
  },
  expired: (state, facts) => (state.numbers.length > 0 ? facts.texts.draftExpired : facts.texts.questionExpired),
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}
