import { chiBo } from './chi-bo.ts'
import { plain } from './plain.ts'
import type { Profile } from './profile.ts'

/** Kinds of groups, by the name under which an installation chooses one (`PROFILE`). */
export const profiles = { 'chi-bo': chiBo, plain } satisfies Record<string, Profile>

export type ProfileName = keyof typeof profiles

export const profileNames = Object.keys(profiles) as ProfileName[]
