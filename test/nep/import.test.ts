/** Rosters as people really keep them, one file for all their faults: long because each kind of damage has its test. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import type { RosterProblem } from '../../src/domain/roster-file.ts'
import { importRoster } from '../../src/store/roster-import.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { runNep } from './run-nep.ts'

let database: TestDatabase
let folder: string
let cellId: number
let files = 0

beforeAll(async () => {
  database = await createTestDatabase()
  folder = await mkdtemp(join(tmpdir(), 'nep-roster-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database.drop()
})
beforeEach(async () => {
  cellId = await addOrganisation('cell')
})

async function addOrganisation(kind: string): Promise<number> {
  const { rows } = await database.pool.query(
    `INSERT INTO organisation (kind, name, path, time_zone) VALUES ($1, 'Chi bộ', '', 'Asia/Ho_Chi_Minh') RETURNING org_id`,
    [kind],
  )
  return rows[0].org_id
}

async function fileOf(content: string | Buffer, extension = 'csv'): Promise<string> {
  files += 1
  const path = join(folder, `roster-${files}.${extension}`)
  await writeFile(path, content)
  return path
}

const xlsx = (rows: (string | number | Date | null)[][]) =>
  writeXlsxFile(rows.map((row) => row.map((value) => (value === null ? null : { value })))).toBuffer()

async function imported(content: string | Buffer, extension = 'csv', orgId = cellId) {
  const path = await fileOf(content, extension)
  return importRoster(database.pool, path, { orgId, apply: true, now: new Date() })
}

/** Name, role and status of each line, in the order in which they came to the roster. */
async function roster(orgId = cellId): Promise<string[]> {
  const { rows } = await database.pool.query('SELECT * FROM member WHERE org_id = $1 ORDER BY member_id', [orgId])
  return rows.map((row) => `${row.display_name}|${row.role}|${row.status}`)
}

const three = ['Nguyễn Văn An|secretary|official', 'Trần Thị Bình|member|probationary', 'Lê Văn Cường|member|official']

describe('a good roster is read', () => {
  test.each([
    ['with commas', 'Họ và tên,Chức vụ,Tình trạng\nNguyễn Văn An,Bí thư,\nTrần Thị Bình,,Dự bị\nLê Văn Cường,,\n'],
    ['with semicolons', 'Họ và tên;Chức vụ;Tình trạng\nNguyễn Văn An;Bí thư;\nTrần Thị Bình;;Dự bị\nLê Văn Cường;;\n'],
    [
      'with tabs',
      'Họ và tên\tChức vụ\tTình trạng\nNguyễn Văn An\tBí thư\t\nTrần Thị Bình\t\tDự bị\nLê Văn Cường\t\t\n',
    ],
    [
      'with a byte order mark and CRLF',
      '\ufeffHọ và tên,Chức vụ,Tình trạng\r\nNguyễn Văn An,Bí thư,\r\nTrần Thị Bình,,Dự bị\r\nLê Văn Cường,,\r\n',
    ],
    [
      'with quotes',
      '"Họ và tên","Chức vụ","Ghi chú","Tình trạng"\n"Nguyễn Văn An","Bí thư","a, ""b""\nc",""\n"Trần Thị Bình","","","Dự bị"\n"Lê Văn Cường",,,\n',
    ],
    [
      'with the separator told',
      'sep=;\nHọ và tên;Chức vụ;Tình trạng\nNguyễn Văn An;Bí thư;\nTrần Thị Bình;;Dự bị\nLê Văn Cường;;\n',
    ],
    [
      'in English and another order',
      'status,No,role,name\nofficial,1,secretary,Nguyễn Văn An\nprobationary,2,member,Trần Thị Bình\n,3,,Lê Văn Cường\n',
    ],
    [
      'in capitals and without diacritics',
      'HO VA TEN,CHUC VU,TINH TRANG\nNguyễn Văn An,BI THU,CHINH THUC\nTrần Thị Bình,DANG VIEN,DU BI\nLê Văn Cường,,\n',
    ],
    [
      'without the last line break',
      'name,role,status\nNguyễn Văn An,secretary,\nTrần Thị Bình,,probationary\nLê Văn Cường',
    ],
    [
      'below a title and with empty rows',
      'DANH SÁCH CHI BỘ,,\n,,\nHọ và tên,Chức vụ,Tình trạng\n,,\nNguyễn Văn An,Bí thư,\n\nTrần Thị Bình,,Dự bị\nLê Văn Cường,,\n',
    ],
    [
      'with spaces of all kinds',
      ' Họ  và tên :,Chức vụ*,Tình trạng\n  Nguyễn \u00a0Văn   An ,bí thư ,\nTrần Thị Bình,,dự\u00a0bị\nLê Văn\u200b Cường,,\n',
    ],
    [
      'decomposed',
      'Họ và tên,Chức vụ,Tình trạng\nNguyễn Văn An,Bí thư,\nTrần Thị Bình,,Dự bị\nLê Văn Cường,,\n'.normalize('NFD'),
    ],
  ])('%s', async (_what, content) => {
    const result = await imported(content)
    expect(result).toMatchObject({ rows: 3, faults: [], applied: true, added: 3 })
    expect(await roster()).toEqual(three)
  })

  test('from a workbook', async () => {
    const rows = [
      ['STT', 'Họ và tên', 'Năm sinh', 'Tình trạng', 'Chức vụ'],
      [1, 'Nguyễn Văn An', 1960, null, 'Bí thư'],
      [2, 'Trần Thị Bình'.normalize('NFD'), 1999, 'Dự bị', null],
      [null, null, null, null, null],
      [3, 'Lê Văn Cường', 1980, null, null],
    ]
    expect(await imported(await xlsx(rows), 'xlsx')).toMatchObject({ rows: 3, faults: [], added: 3 })
    expect(await roster()).toEqual(three)
  })

  test('from a workbook that was named .csv', async () => {
    expect((await imported(await xlsx([['name'], ['Nguyễn Văn An']]), 'csv')).faults).toEqual([])
  })

  test.each([
    ['secretary', 'Bí thư|bi thu|BÍ THƯ CHI BỘ|secretary|Secretary'],
    ['deputy', 'Phó bí thư|phó bí thư chi bộ|PBT|Phó Bí thư Chi uỷ|deputy'],
    ['clerk', 'Thư ký|thư kí|clerk'],
    ['committee', 'Cấp ủy|cấp uỷ viên|Cấp uỷ cấp trên|committee'],
    ['member', 'Đảng viên|đảng  viên|Chi uỷ viên|Chi ủy viên|member|-|Tổ trưởng tổ đảng'],
  ])('with the role %s however it is written', async (role, spellings) => {
    for (const spelling of spellings.split('|')) {
      const orgId = await addOrganisation('cell')
      await imported(`name,role\nNguyễn Văn An,"${spelling}"\n`, 'csv', orgId)
      expect([spelling, await roster(orgId)]).toEqual([spelling, [`Nguyễn Văn An|${role}|official`]])
    }
  })

  test.each([
    ['official', 'Chính thức|đảng viên chính thức|official|Đang sinh hoạt'],
    ['probationary', 'Dự bị|Đảng viên dự bị|du bi|probationary'],
    ['exempt', 'Miễn sinh hoạt|được miễn sinh hoạt|Miễn công tác và sinh hoạt đảng|exempt'],
    ['away', 'Tạm vắng|Đi công tác xa|đi làm ăn xa|away'],
    ['temporarilyHere', 'Sinh hoạt tạm thời|sinh hoạt tạm thời tại chi bộ|temporarilyHere|temporarily here'],
    ['suspended', 'Đình chỉ|Đình chỉ sinh hoạt đảng|bị đình chỉ|suspended'],
    ['left', 'Đã chuyển|Đã chuyển đi|Chuyển sinh hoạt|đã chuyển sinh hoạt đảng|left'],
  ])('with the status %s however it is written', async (status, spellings) => {
    for (const spelling of spellings.split('|')) {
      const orgId = await addOrganisation('cell')
      await imported(`name,status\nNguyễn Văn An,"${spelling}"\n`, 'csv', orgId)
      expect([spelling, await roster(orgId)]).toEqual([spelling, [`Nguyễn Văn An|member|${status}`]])
    }
  })

  test("with a committee's own members", async () => {
    const orgId = await addOrganisation('committee')
    await imported('name,role\nNguyễn Văn An,Uỷ viên Ban Thường vụ\nTrần Thị Bình,Đảng uỷ viên\n', 'csv', orgId)
    expect(await roster(orgId)).toEqual(['Nguyễn Văn An|committee|official', 'Trần Thị Bình|committee|official'])
  })

  test('with names that differ in a tone or a letter, or are told apart by a mark', async () => {
    const names = [
      'Nguyễn Thị Hoa',
      'Nguyễn Thị Hòa',
      'Nguyễn Thị Hoà (1965)',
      'Nguyễn Văn An B',
      "H'Hen Niê",
      'Y-Blut Êban',
    ]
    expect((await imported(`name\n${names.join('\n')}\n`)).faults).toEqual([])
  })

  test('of 5,000 rows', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `Nguyễn Văn ${i}`)
    expect(await imported(`name\n${rows.join('\n')}\n`)).toMatchObject({ rows: 5_000, faults: [], added: 5_000 })
  })
})

describe('a bad roster is refused as a whole', () => {
  const good = 'Nguyễn Văn An,,'
  const header = 'Họ và tên,Chức vụ,Tình trạng'
  test.each<[string, string, [number, string | null, RosterProblem][]]>([
    ['missing name', `${header}\n${good}\n,Bí thư,\n`, [[3, 'Họ và tên', 'noName']]],
    ['unknown role', `${header}\n${good}\nTrần Thị Bình,Trưởng thôn,\n`, [[3, 'Chức vụ', 'unknownRole']]],
    ['unknown status', `${header}\n${good}\nTrần Thị Bình,,Hưu trí\n`, [[3, 'Tình trạng', 'unknownStatus']]],
    ['same name twice', `${header}\n${good}\nnguyễn  văn AN,,\n`, [[3, 'Họ và tên', 'sameName']]],
    ['same name, tone placed otherwise', 'name\nLê Thị Hòa\nLê Thị Hoà\n', [[3, 'name', 'sameName']]],
    ['same name without diacritics', `${header}\n${good}\nNguyen Van An,,\n`, [[3, 'Họ và tên', 'nameWithoutMarks']]],
    [
      'two secretaries',
      `${header}\nNguyễn Văn An,Bí thư,\nTrần Thị Bình,bí thư chi bộ,\n`,
      [[3, 'Chức vụ', 'secondSecretary']],
    ],
    ['absurd length', `${header}\n${'An '.repeat(40)},,\n`, [[2, 'Họ và tên', 'longName']]],
    ['control character', `${header}\nNguyễn\u0007Văn An,,\n`, [[2, 'Họ và tên', 'badName']]],
    ['writing turned round', `${header}\nNguyễn \u202eVăn An,,\n`, [[2, 'Họ và tên', 'badName']]],
    ['a line break in a name', `${header}\n"Nguyễn\nVăn An",,\n`, [[2, 'Họ và tên', 'badName']]],
    ['a formula', `${header}\n=HYPERLINK(1),,\n`, [[2, 'Họ và tên', 'badName']]],
    ['a number for a name', `${header}\n123,,\n`, [[2, 'Họ và tên', 'badName']]],
    ['two columns for one thing', 'Họ và tên,Tình trạng,Trạng thái\nAn,,\n', [[1, 'Trạng thái', 'doubleColumn']]],
    ['no column of names', 'Chức vụ,Tình trạng\nBí thư,\n', [[1, null, 'noHeader']]],
    ['no header', 'Nguyễn Văn An\nTrần Thị Bình\n', [[1, null, 'noHeader']]],
    ['a header and nothing else', `${header}\n\n,,\n`, [[0, null, 'empty']]],
    ['nothing but spaces', ' \n\n', [[0, null, 'empty']]],
    ['nothing', '', [[0, null, 'empty']]],
    ['an open quote', `${header}\n${good}\n"Trần Thị Bình,,\n`, [[3, null, 'badQuotes']]],
    [
      '5,001 rows',
      `name\n${Array.from({ length: 5_001 }, (_, i) => `An ${i}`).join('\n')}`,
      [[0, null, 'tooManyRows']],
    ],
    [
      'many things at once',
      `${header}\n\n,foo,bar\n${good}\nNguyễn Văn An,baz,\n`,
      [
        [3, 'Họ và tên', 'noName'],
        [3, 'Chức vụ', 'unknownRole'],
        [3, 'Tình trạng', 'unknownStatus'],
        [5, 'Họ và tên', 'sameName'],
        [5, 'Chức vụ', 'unknownRole'],
      ],
    ],
  ])('%s', async (_what, content, wanted) => {
    const result = await imported(content)
    expect(result.faults.map(({ row, column, problem }) => [row, column, problem])).toEqual(wanted)
    expect([result.applied, await roster()]).toEqual([false, []])
  })

  test.each<[string, () => Promise<Buffer> | Buffer, string, RosterProblem]>([
    [
      'a workbook that is cut short',
      async () => (await xlsx([['name'], ['An']])).subarray(0, 400),
      'xlsx',
      'brokenFile',
    ],
    ['a text named .xlsx', () => Buffer.from('name\nAn\n'), 'xlsx', 'brokenFile'],
    ['an archive of something else', () => Buffer.from('PK\u0003\u0004 nothing in here'), 'xlsx', 'brokenFile'],
    ['an old .xls', () => Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'xls', 'wrongType'],
    ['another kind of file', () => Buffer.from('%PDF-1.4'), 'pdf', 'wrongType'],
    ['a picture named .csv', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]), 'csv', 'notUtf8'],
    ['Latin-1', () => Buffer.from('name\nNguy\u00ean V\u00e3n', 'latin1'), 'csv', 'notUtf8'],
    ['UTF-16', () => Buffer.from('\ufeffname\nAn', 'utf16le'), 'csv', 'notUtf8'],
    [
      'a workbook that would unpack to 200 MB',
      async () => {
        const bytes = await xlsx([['name'], ['An']])
        bytes.writeUInt32LE(200_000_000, bytes.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02])) + 24)
        return bytes
      },
      'xlsx',
      'tooLarge',
    ],
    ['6 MB', () => Buffer.alloc(6_000_000, 'a'), 'csv', 'tooLarge'],
  ])('%s', async (_what, content, extension, problem) => {
    const result = await imported(await content(), extension)
    expect(result.faults.map((fault) => fault.problem)).toEqual([problem])
    expect(result.rows).toBe(0)
  })
})

describe('importing again', () => {
  const first = 'name,role,status\nNguyễn Văn An,secretary,\nTrần Thị Bình,,probationary\nLê Văn Cường,,\n'

  test('changes nothing where nothing has changed', async () => {
    await imported(first)
    expect(await imported(first)).toMatchObject({ added: 0, changed: 0, unchanged: 3, notInFile: 0 })
    expect(await roster()).toEqual(three)
  })

  test('updates who is on the roster, adds who is new, lets the others stay', async () => {
    await imported(first)
    const result = await imported('name,role,status\ntrần  thị bình,,official\nPhạm Thị Dung,deputy,\n')
    expect(result).toMatchObject({ added: 1, changed: 1, unchanged: 0, notInFile: 2 })
    expect(await roster()).toEqual([
      'Nguyễn Văn An|secretary|official',
      'trần thị bình|member|official',
      'Lê Văn Cường|member|official',
      'Phạm Thị Dung|deputy|official',
    ])
  })

  test('takes no office away because a list does not name it', async () => {
    await imported(first)
    await imported('name,role,status\nNguyễn Văn An,,\n')
    expect((await roster())[0]).toBe('Nguyễn Văn An|secretary|official')
  })

  test('hands the office over when both are named, and refuses a second secretary otherwise', async () => {
    await imported(first)
    const alone = await imported('name,role\nTrần Thị Bình,secretary\n')
    expect(alone.faults).toEqual([{ row: 2, column: 'role', problem: 'otherSecretary', about: 'Nguyễn Văn An' }])
    await imported('name,role\nTrần Thị Bình,secretary\nNguyễn Văn An,member\n')
    expect((await roster()).slice(0, 2)).toEqual([
      'Nguyễn Văn An|member|official',
      'Trần Thị Bình|secretary|probationary',
    ])
  })

  test('brings back who had left', async () => {
    await imported('name,status\nNguyễn Văn An,left\n')
    await imported('name,status\nNguyễn Văn An,official\n')
    expect(await roster()).toEqual(['Nguyễn Văn An|member|official'])
  })

  test('asks which one is meant where the roster has the name twice', async () => {
    await database.pool.query(
      `INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, 'Lê Văn Ba', 'le van ba'), ($1, 'Lê Văn Ba', 'le van ba')`,
      [cellId],
    )
    expect((await imported('name\nLê Văn Ba\n')).faults).toMatchObject([{ row: 2, problem: 'sameNameTwiceOnRoster' }])
  })

  test('leaves an audit entry for each line, without names', async () => {
    await imported(first)
    await imported('name,status\nTrần Thị Bình,official\n')
    const { rows } = await database.pool.query(
      "SELECT * FROM audit_entry WHERE org_id = $1 AND action <> 'rows.changed' ORDER BY audit_id",
      [cellId],
    )
    expect(rows.map((row) => row.action)).toEqual([
      ...['member.added', 'member.added', 'member.added', 'roster.imported', 'member.changed', 'roster.imported'],
    ])
    expect(rows.every((row) => row.actor_kind === 'operator')).toBe(true)
    expect(JSON.stringify(rows)).not.toMatch(/Nguyễn|Trần|Lê/)
  })
})

describe('nep import', () => {
  const nep = (args: string[], env = {}) => runNep({ DATABASE_URL: database.url, ...env }, args)
  const bad = 'Họ và tên,Chức vụ\nNguyễn Văn An,Bí thư\n,\nTrần Thị Bình,Vua\n'
  const good = 'Họ và tên,Chức vụ\nNguyễn Văn An,Bí thư\nTrần Thị Bình,\n'

  test('looks first, then imports', async () => {
    const args = ['import', await fileOf(good), '--org', String(cellId), '--json']
    const look = await nep(args)
    expect([look.code, look.stderr, look.json()]).toEqual([0, '', { rows: 2, errors: [], imported: 0 }])
    expect(await roster()).toEqual([])
    const apply = await nep([...args, '--apply'])
    expect([apply.code, apply.json()]).toEqual([0, { rows: 2, errors: [], imported: 2 }])
    expect(await roster()).toEqual(['Nguyễn Văn An|secretary|official', 'Trần Thị Bình|member|official'])
  })

  test('lists what is wrong in the language of the cell, and ends with 1 when told to import', async () => {
    const args = ['import', await fileOf(bad), '--org', String(cellId)]
    const look = await nep([...args, '--json'])
    const wanted = {
      rows: 2,
      errors: [{ row: 4, column: 'Chức vụ', problem: expect.stringContaining('Không hiểu chức vụ "Vua"') }],
      imported: 0,
    }
    expect([look.code, look.json()]).toEqual([0, wanted])
    const apply = await nep([...args, '--apply', '--json'])
    expect([apply.code, apply.json()]).toEqual([1, wanted])
    const english = await nep([...args, '--apply'], { LOCALE: 'en' })
    expect(english.code).toBe(1)
    expect(english.stdout).toContain('Row 4, Chức vụ: The role "Vua" is not known.')
    expect(await roster()).toEqual([])
  })

  test('finds a file from the folder in which npm was called', async () => {
    await writeFile(join(folder, 'here.csv'), good)
    const run = await nep(['import', 'here.csv', '--org', String(cellId), '--json'], { INIT_CWD: folder })
    expect(run.json()).toMatchObject({ rows: 2, errors: [] })
  })

  test.each([
    ['a file that does not exist', () => ['nowhere.csv', '--org', String(cellId)], 1],
    ['a folder', () => [folder, '--org', String(cellId)], 1],
    ['an unknown organisation', async () => [await fileOf(good), '--org', '99999'], 1],
    ['no organisation', async () => [await fileOf(good)], 2],
    ['no file', () => ['--org', String(cellId)], 2],
  ])('refuses %s', async (_what, args, code) => {
    const run = await nep(['import', ...(await args()), '--json'])
    expect([run.code, run.stdout]).toEqual([code, ''])
    expect(run.stderr).not.toBe('')
  })
})
