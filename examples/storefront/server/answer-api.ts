import express, { type RequestHandler, Router } from 'express'
import { pageNames } from '../pages/page-settings.ts'
import { orders } from '../shop/orders.ts'
import { lastDays, MAX_DAYS } from '../shop/sales.ts'
import { isPage, type PageStore } from './page-store.ts'
import { type Person, permissionsOf, personFor } from './people.ts'
import type { Tokens } from './tokens.ts'

/** The shop's own interface. Pages ask it, also in the name of plugins; whoever asks shows the token of their page. */
export function answerApi({ tokens, pages }: { tokens: Tokens; pages: PageStore }): Router {
  const router = Router()
  const everybody = admit(tokens, () => true)
  const staff = admit(tokens, (person) => person.staff)
  const readers = admit(tokens, (person) => permissionsOf(person).includes('orders:read'))

  /** For the page that stays open longer than its token lasts. */
  router.get('/token', async (request, response) => {
    const page = pageNames.find((name) => name === request.query.page)
    if (page === undefined) response.status(400).json({ error: `Name a page: ${pageNames.join(', ')}.` })
    else response.json({ token: await tokens.give(personFor(page, request)) })
  })

  router.get('/page', everybody, (_request, response) => {
    response.json(pages.read())
  })
  router.put('/page', staff, express.json({ limit: '1mb' }), async (request, response) => {
    if (!isPage(request.body)) {
      response.status(400).json({ error: 'This is not the data of a page.' })
      return
    }
    await pages.write(request.body)
    response.sendStatus(204)
  })

  router.get('/orders', readers, (_request, response) => {
    response.json(orders)
  })
  router.get('/sales', readers, (request, response) => {
    const days = Number(request.query.days)
    if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
      response.status(400).json({ error: `Ask for 1 to ${MAX_DAYS} days.` })
      return
    }
    response.json(lastDays(days, new Date()))
  })
  return router
}

/** Lets through whose token is ours and who may; others get 401 and 403. */
export function admit(tokens: Tokens, mayPass: (person: Person) => boolean): RequestHandler {
  return async (request, response, next) => {
    const token = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1]
    const person = token === undefined ? undefined : await tokens.read(token)
    if (!person) {
      response.status(401).json({ error: 'Open the page again: its token is over.' })
    } else if (!mayPass(person)) {
      response.status(403).json({ error: 'This is for the people of the shop.' })
    } else {
      response.locals.person = person
      next()
    }
  }
}
