#!/usr/bin/env node
/** Entry of the operator's tool: `npm run -s nep -- <subcommand>`. */
import { runNep } from './nep/program.ts'

// Whoever reads our output may stop reading (`| head`); that is no fault.
process.stdout.on('error', () => undefined)
process.exitCode = await runNep(process.argv.slice(2))
