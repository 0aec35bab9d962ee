#!/usr/bin/env node
/** Entry of the operator's tool: `npm run -s nep -- <subcommand>`. */
import { runNep } from './nep/program.ts'

process.exitCode = await runNep(process.argv.slice(2))
