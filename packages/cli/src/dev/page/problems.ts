import type { Finding } from '@plexica/manifest-schema'

/** Lays what is wrong over the page, or takes it away. Made without React, which may be what is wrong. */
export function showProblems(title: string, findings: readonly Finding[]): void {
  document.getElementById('problems')?.remove()
  if (findings.length === 0) return
  const box = element('section', '')
  box.id = 'problems'
  box.setAttribute('role', 'alert')
  const list = element('ul', '')
  for (const { severity, code, path, line, message, fix } of findings) {
    const item = element('li', '')
    const place = [path, line].filter((part) => part !== undefined).join(':')
    item.append(
      element('strong', `${severity} ${code}`),
      ` ${place}`,
      element('p', message),
      element('p', `fix: ${fix}`),
    )
    list.append(item)
  }
  box.append(element('h2', title), list)
  document.body.append(box)
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name)
  made.textContent = text
  return made
}
