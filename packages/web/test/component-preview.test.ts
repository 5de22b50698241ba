import type { Frame, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { check, openSite, type Site } from './open-site.ts'
import { submitPackage } from './submit-package.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
})
afterAll(() => site?.close())

/** Submits a plugin whose bundle is this, and runs its component on the desk. */
async function runBundle(id: string, bundle: string) {
  const submission = await submitPackage(site, { manifest: { id, name: id }, files: { 'dist/bundle.js': bundle } })
  const page = await site.visit(`/desk/review/${submission}?tab=preview`, { as: site.root })
  await page.getByRole('button', { name: 'Run the preview' }).click()
  return page
}

/** The page of the frame, and the one inside of it, in which the component runs. */
function framesOf(page: Page): Frame[] {
  return page.frames().filter((one) => one.url().endsWith('/preview.html') || one.url() === 'about:srcdoc')
}

/** Where the component is; the title of the frame around it is for those who look at the page. */
function inside(page: Page) {
  return page.frameLocator('iframe[title="Preview of Greeting card"]').frameLocator('iframe')
}

test('a component renders with the defaults of its fields, hooks and chunks included', async () => {
  const bundle = `import{useState}from"react";import{jsx}from"react/jsx-runtime";import{greeting}from"./chunks/greeting.js";
export function GreetingCard({text,plexica}){const[count]=useState(7);return jsx("p",{children:[text,count,greeting(plexica.configuration.shop)].join(" | ")})}
`
  const page = await runBundle('rendered-card', bundle)
  await inside(page).getByText('Hello | 7 | Welcome to our shop').waitFor()
  await page.getByText('It rendered.').waitFor()
  await check(page)
})

test('what it tries against the page, the session, the registry and other hosts fails', async () => {
  const bundle = `import{useEffect,useState}from"react";import{jsx}from"react/jsx-runtime";
const tries={"page":()=>parent.document.title,"top":()=>{top.location.href="https://example.com/";return top.location.href},"cookies":()=>document.cookie,"storage":()=>localStorage.length,
"registry":()=>fetch(new URL("/api/session",location.href)),"host":()=>fetch("https://api.example.com/parcels"),"socket":()=>new Promise((open,fail)=>{const s=new WebSocket("wss://api.example.com");s.onopen=open;s.onerror=fail}),
"picture":()=>new Promise((open,fail)=>{const i=new Image;i.onload=open;i.onerror=fail;i.src=new URL("/favicon.svg",location.href).href})};
export function GreetingCard(){const[told,setTold]=useState("");useEffect(()=>{Promise.all(Object.entries(tries).map(async([name,act])=>{try{await act();return name+" open"}catch{return name+" shut"}})).then(all=>setTold(all.join(", ")))},[]);return jsx("p",{children:told})}
`
  const page = await runBundle('curious-card', bundle)
  const told = inside(page).getByText('page shut')
  await told.waitFor()
  expect(await told.textContent()).toBe(
    'page shut, top shut, cookies shut, storage shut, registry shut, host shut, socket shut, picture shut',
  )
  expect(await Promise.all(framesOf(page).map((frame) => frame.evaluate('origin')))).toEqual(['null', 'null'])
})

test('one that leaves for another page takes nothing there', async () => {
  const bundle = `import{useEffect}from"react";
export function GreetingCard(){useEffect(()=>{location.href="https://example.com/?stolen"},[]);return "leaving"}
`
  const page = await site.visit('/', { as: site.root })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  const submission = await submitPackage(site, {
    manifest: { id: 'leaving-card', name: 'Leaving' },
    files: { 'dist/bundle.js': bundle },
  })
  await page.goto(`/desk/review/${submission}?tab=preview`)
  await page.getByRole('button', { name: 'Run the preview' }).click()
  await page.getByText('The component does not answer').waitFor()
  expect(asked.filter((url) => /^http/.test(url) && new URL(url).origin !== site.url)).toEqual([])
})

test('one that throws is said to', async () => {
  const page = await runBundle('thrown-card', `export function GreetingCard(){throw new Error("no luck today")}\n`)
  await page.getByRole('alert').filter({ hasText: 'no luck today' }).waitFor()
})

test('one that never comes is said to', async () => {
  const bundle = `import{use}from"react";const never=new Promise(()=>{});export function GreetingCard(){return use(never)}\n`
  const page = await runBundle('waiting-card', bundle)
  await page.getByText('has not shown anything yet').waitFor()
})

test('one that loops is taken away, and the page lives', async () => {
  const page = await runBundle('looping-card', `export function GreetingCard(){for(;;){}}\n`)
  await page.getByText('The component does not answer').waitFor()
  expect(await page.locator('iframe').count()).toBe(0)
  await page.getByRole('tab', { name: 'Listing' }).click()
  await page.getByRole('heading', { name: 'looping-card', exact: true }).waitFor()
})
