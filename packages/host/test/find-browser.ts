import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

const quiet = ['--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update']
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/**
 * Starts a Chromium: the one that `PLEXICA_CHROMIUM` names (`bundled` means the one that npm brought), else one of this
 * machine, else Playwright's own, else the bundled one.
 */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser()
  // Chromium's own sandbox does not start for root, which containers often are.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  try {
    return await chromium.launch({ executablePath, args: [...quiet, ...sandbox] })
  } catch (cause) {
    throw new Error(
      `${executablePath} does not start. Install Chromium (Debian: apt-get install chromium) or name one in ` +
        'PLEXICA_CHROMIUM. The bundled one needs Linux on x64 with libnss3, libnspr4 and libexpat1.',
      { cause },
    )
  }
}

/** Path of the Chromium that is started. */
export async function findBrowser(): Promise<string> {
  const named = process.env.PLEXICA_CHROMIUM
  if (named === 'bundled') return bundledBrowser()
  if (named) return named
  const folders = (process.env.PATH ?? '').split(delimiter)
  const installed = ['/usr/bin/chromium', ...folders.flatMap((folder) => names.map((name) => join(folder, name)))]
  return [...installed, chromium.executablePath()].find((path) => existsSync(path)) ?? bundledBrowser()
}

/** Unpacks the bundled browser once per machine. Moved into place whole, because several test runs may start at once. */
async function bundledBrowser(): Promise<string> {
  const home = join(tmpdir(), 'plexica-test-chromium-153.0.0')
  const executable = join(home, 'chromium')
  if (existsSync(executable)) return executable
  const before = process.env.TMPDIR
  const staging = await mkdtemp(join(tmpdir(), 'plexica-unpack-'))
  try {
    // The package unpacks into the temporary folder and offers no other.
    process.env.TMPDIR = staging
    await sparticuz.executablePath()
    await rename(staging, home)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(executable)) throw error
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
  return executable
}
