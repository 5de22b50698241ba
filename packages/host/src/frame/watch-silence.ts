/** Milliseconds between two looks. */
const interval = 500
/** Looks in a row that find a frame silent: while its page and scripts come, and while it runs. */
const most = { loading: 60, running: 10 }

/**
 * Calls back when a frame that runs has said nothing for 5 s, or has not begun to run for 30 s. It counts its own looks,
 * so that the time in which this page slept, hung or was hidden is not the frame's.
 */
export function watchSilence(onSilence: () => void): { heard(): void; expect(): void; stop(): void } {
  let silent = 0
  let limit = most.loading
  const look = () => {
    silent = document.hidden ? 0 : silent + 1
    if (silent > limit) onSilence()
  }
  const timer = setInterval(look, interval)
  return {
    heard() {
      silent = 0
    },
    /** From now on it has something to say. */
    expect() {
      silent = 0
      limit = most.running
    },
    stop: () => clearInterval(timer),
  }
}
