/**
 * The Vietnamese lunar calendar (UTC+7), only to offer candidates where a lunar date was named: the bot asks, it never
 * converts in silence. Method of Hồ Ngọc Đức: months begin at the new moon, the eleventh holds the winter solstice, the
 * leap month is the first one without a major solar term. Good to the minute, which settles all days of 1900–2199.
 */

const degrees = Math.PI / 180

const newMoonDays = new Map<number, number>()

/** Julian day number of the k-th new moon after 1900-01-01, in Vietnam. Texts ask about the same few again and again. */
function newMoonDay(k: number): number {
  let day = newMoonDays.get(k)
  if (day === undefined) {
    day = computeNewMoon(k)
    if (newMoonDays.size > 1000) newMoonDays.clear()
    newMoonDays.set(k, day)
  }
  return day
}

function computeNewMoon(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  let jd = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
  jd += 0.00033 * Math.sin((166.56 + 132.87 * t - 0.009173 * t2) * degrees)
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
  const node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
  const sin = (angle: number) => Math.sin(angle * degrees)
  let c = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon)
  c += -0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
  c += 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
  c += 0.001 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
  const deltaT = -0.000278 + 0.000265 * t + 0.000262 * t2
  return Math.floor(jd + c - deltaT + 0.5 + 7 / 24)
}

/** Sector (0–11) of the sun's longitude at midnight of a Julian day, in Vietnam. */
function sunSector(jd: number): number {
  const t = (jd - 2451545.5 - 7 / 24) / 36525
  const t2 = t * t
  const m = (357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2) * degrees
  const mean = 280.46645 + 36000.76983 * t + 0.0003032 * t2
  const centre =
    (1.9146 - 0.004817 * t - 0.000014 * t2) * Math.sin(m) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * m) +
    0.00029 * Math.sin(3 * m)
  const longitude = (mean + centre) * degrees
  return Math.floor(((longitude / (2 * Math.PI)) % 1) * 12)
}

const epochJulian = 2440588

const eleventhMonths = new Map<number, number>()

function eleventhMonth(year: number): number {
  let first = eleventhMonths.get(year)
  if (first === undefined) {
    first = computeEleventh(year)
    if (eleventhMonths.size > 1000) eleventhMonths.clear()
    eleventhMonths.set(year, first)
  }
  return first
}

function computeEleventh(year: number): number {
  const offset = Math.floor(Date.UTC(year, 11, 31) / 86_400_000 + epochJulian - 2415021)
  const k = Math.floor(offset / 29.530588853)
  const day = newMoonDay(k)
  return sunSector(day) >= 9 ? newMoonDay(k - 1) : day
}

/** Day number of a lunar date of the lunar year `year`, or null where that month has no such day. Leap months are not meant. */
export function lunarToDay(year: number, month: number, day: number): number | null {
  const from = month < 11 ? eleventhMonth(year - 1) : eleventhMonth(year)
  const to = month < 11 ? eleventhMonth(year) : eleventhMonth(year + 1)
  const k = Math.floor(0.5 + (from - 2415021.076998695) / 29.530588853)
  let offset = month - 11
  if (offset < 0) offset += 12
  if (to - from > 365) {
    const leap = leapOffset(from)
    if (offset >= leap) offset++
  }
  const first = newMoonDay(k + offset)
  if (day < 1 || day > newMoonDay(k + offset + 1) - first) return null
  return first + day - 1 - epochJulian
}

function leapOffset(from: number): number {
  const k = Math.floor((from - 2415021.076998695) / 29.530588853 + 0.5)
  let before = -1
  let index = 1
  let sector = sunSector(newMoonDay(k + index))
  do {
    before = sector
    index++
    sector = sunSector(newMoonDay(k + index))
  } while (sector !== before && index < 14)
  return index - 1
}

/** Day number of Tết (the first day of the lunar year). */
export function tetDay(year: number): number {
  let day = tetDays.get(year)
  if (day === undefined) {
    day = lunarToDay(year, 1, 1) ?? 0
    if (tetDays.size > 1000) tetDays.clear()
    tetDays.set(year, day)
  }
  return day
}

const tetDays = new Map<number, number>()
