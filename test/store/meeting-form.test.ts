/** A form that an operator wrote: every fault is told with its line, none is let through. */
import { describe, expect, test } from 'vitest'
import { profileNames } from '../../src/profiles/index.ts'
import { loadMeetingForm, readMeetingForm } from '../../src/store/meeting-form.ts'

const good = `title: T
source: S
criteria:
  - id: here
    label: Here
    labelEn: There
    points: 10
    measure: attendance
    steps:
      - { above: 85, points: 10 }
  - { id: ready, label: Ready, points: 7.5 }
grades:
  - { id: good, label: Good, from: 90 }
  - { id: weak, label: Weak, from: 0 }
`
const read = (text: string) => readMeetingForm(text, 'f.yaml')

describe('a form', () => {
  test('is read, in the language asked for, with a version that its text makes', () => {
    expect(readMeetingForm(good, 'f.yaml', 'en').form.criteria.map(({ label }) => label)).toEqual(['There', 'Ready'])
    expect(read(good).version).toMatch(/^[0-9a-f]{16}$/)
    expect(read(`${good}# changed\n`).version).not.toBe(read(good).version)
  })

  test.each([
    ['title: T', 'title: [T', 'f.yaml:2: '],
    ['source: S', 'sources: S', 'f.yaml:1: the form: Unrecognized key: "sources"'],
    ['points: 10\n', 'points: ten\n', 'f.yaml:7: criteria.0.points: '],
    ['above: 85, points: 10', 'above: 85, points: 11', 'f.yaml:10: criteria.0.steps.0: has 11 points'],
    ['above: 85', 'atMost: 85', 'f.yaml:10: criteria.0.steps.0: must be from or above'],
    ['above: 85', 'over: 85', 'f.yaml:10: criteria.0.steps.0: must be points and one of'],
    ['measure: attendance', 'measure: speeches', 'f.yaml:8: criteria.0.measure: '],
    ['points: 7.5', 'points: 7.3', 'f.yaml:11: criteria.1.points: must be a multiple of 0.5'],
    ['id: ready', 'id: here', 'f.yaml:11: criteria.1.id: here is there twice'],
    ['from: 0 ', 'from: 95 ', 'f.yaml:14: grades.1.from: must be lower'],
    ['from: 0 ', 'from: 10 ', 'f.yaml:14: grades.1.from: must be 0'],
    [good, '', 'f.yaml:1: the form: '],
    [good, '- 1', 'f.yaml:1: the form: '],
  ])('with %j written as %j is refused', (from, to, message) => {
    expect(() => read(good.replace(from, to))).toThrow(message)
  })

  test.each(profileNames)('of %s ships as an example and says so', async (profile) => {
    const { form } = await loadMeetingForm({ dataDir: '/nowhere', profile, locale: 'vi' })
    expect(form.title).toContain('ví dụ')
  })
})
