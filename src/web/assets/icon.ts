/** The mark in the browser's tab: a fold, for "nếp". */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
<rect width="32" height="32" rx="7" fill="#9a1b1e"/>
<path d="M9 24V8l14 16V8" fill="none" stroke="#fff" stroke-width="3.5" stroke-linejoin="round" stroke-linecap="round"/>
</svg>
`
