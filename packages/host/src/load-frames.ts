/** Loads what frames need when the first one is shown: a page without sandboxed plugins never does. */
export async function loadFrames() {
  return (await import('./frame/index.ts')).mountFrame
}
