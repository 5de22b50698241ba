import Big from 'big.js'
import type { Settings } from './settings.ts'

export interface Rate {
  id: string
  name: string
  amount: Big
  minDays: number
  maxDays: number
}

type Zone = 'domestic' | 'near' | 'far'

/** The customs union: no papers, ground transport. */
const near = new Set('AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' '))

const zones: Record<Zone, { factor: number; standard: [number, number]; express: [number, number] }> = {
  domestic: { factor: 1, standard: [2, 3], express: [1, 1] },
  near: { factor: 2, standard: [3, 6], express: [2, 3] },
  far: { factor: 4, standard: [7, 14], express: [3, 5] },
}

export function zoneOf(origin: string, destination: string): Zone {
  if (origin === destination) return 'domestic'
  return near.has(origin) && near.has(destination) ? 'near' : 'far'
}

/** The shop's own prices: so much for the first kilogram of a parcel and for each further one, more the farther it goes. */
export function fixedRates(parcels: readonly number[], country: string, settings: Settings): Rate[] {
  const zone = zones[zoneOf(settings.originCountry, country)]
  const standard = parcels
    .map((grams) => {
      const further = new Big(grams).div(1_000).minus(1)
      return new Big(settings.furtherKilogram).times(further.gt(0) ? further : 0).plus(settings.firstKilogram)
    })
    .reduce((sum, price) => sum.plus(price), new Big(0))
    .times(zone.factor)
  const express = new Big(settings.expressSurcharge).times(parcels.length).times(zone.factor).plus(standard)
  return [
    { id: 'standard', name: 'Standard', amount: standard, minDays: zone.standard[0], maxDays: zone.standard[1] },
    { id: 'express', name: 'Express', amount: express, minDays: zone.express[0], maxDays: zone.express[1] },
  ]
}
