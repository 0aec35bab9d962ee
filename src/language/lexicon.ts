/**
 * Every word the bot understands, by what it stands for. To teach it a phrase, add it to a tag here (one place) and a
 * row to test/language/voices.tsv. `a | b` are alternatives, `[x]` may be missing, `(x|y)` is either.
 */
import { abbreviations } from './lexicon/abbreviations.ts'
import { askingWords } from './lexicon/asking.ts'
import { meetingWords } from './lexicon/meetings.ts'
import { peopleWords } from './lexicon/people.ts'
import { pledgeWords } from './lexicon/pledges.ts'
import { answerWords, reportWords } from './lexicon/reports.ts'
import { timeTags } from './lexicon/time.ts'
import { Vocabulary } from './vocabulary.ts'

const lexicon = {
  ...peopleWords,
  ...askingWords,
  ...pledgeWords,
  ...meetingWords,
  ...reportWords,
  ...answerWords,
  ...timeTags,
  /** A number in digits. */
  number: '',
}

export type Tag = keyof typeof lexicon

/** Tags whose phrases hide the meaning of their parts: `họp phụ huynh` is no meeting, `không hoàn thành` no “finished”. */
const closed = new Set<Tag>(
  (
    'howTo polite me title bot people cell kin thanks what when where who notYet have show untilNow followUncle same giveBack excellent good completed notCompleted ' +
    'present onTime absent leave proxy meetingOffTopic work sick family other halfway offTopic time answer already ordinal because personal'
  ).split(' ') as Tag[],
)

export const vocabulary = new Vocabulary<Tag>(lexicon, abbreviations, closed)
