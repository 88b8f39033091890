// Fills the disk of Hilo's database under load, 3 times or as often as said, and proves that nothing acknowledged is lost.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDataDir } from '../e2e/hilo-process.ts'
import { proveFullDisk } from '../e2e/full-disk-under-load.ts'
import { inOwnMounts, mountSmallDisk } from '../e2e/small-disk.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const prove = async (): Promise<void> => {
  const dir = await temporaryDataDir()
  const disk = join(dir.path, 'postgres')
  await mkdir(disk)
  const unmount = await mountSmallDisk(disk)
  try {
    const cycles = Number(process.argv[2] ?? 3)
    const { purchases, placed, again, reads, ends } = await proveFullDisk({
      dataDir: dir.path,
      disk,
      cycles,
      log: say,
    })
    say(
      `${cycles} times full: ${purchases} purchases of devices and ${placed} orders of customers, each there exactly once; stock agrees with the order lines.`,
    )
    say(
      `${again} tries were made again; ${reads.answered} reads were answered, ${reads.refused} refused as retryable, ${reads.cut} not answered. Hilo ended ${ends} times for want of space, with a sentence, and ran again once there was some.`,
    )
  } finally {
    await unmount()
    await dir.remove()
  }
}

// Only who may mount can have a small disk; everybody else may in a namespace of their own.
if (await inOwnMounts()) await prove()
