/** The built tool, kept loaded: runs one command line after another and answers what each printed. Only for `keptNep`. */
import { runNep } from '../../dist/nep/program.js'

const streams = ['stdout', 'stderr']
process.on('message', async ({ args }) => {
  const printed = { stdout: '', stderr: '' }
  const writes = streams.map((name) => process[name].write)
  for (const name of streams) {
    process[name].write = (text) => {
      printed[name] += text
      return true
    }
  }
  const code = await runNep(args)
  for (const [index, name] of streams.entries()) process[name].write = writes[index]
  process.send({ code, ...printed })
})
process.on('disconnect', () => process.exit())
