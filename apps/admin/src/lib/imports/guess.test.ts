import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { guess } from './guess.ts'

const folder = new URL('../../../static/examples/', import.meta.url)

it('knows each of the examples for what it is', () => {
  const known = readdirSync(folder).map((name) => [
    name,
    guess(readFileSync(new URL(name, folder), 'utf8')).kind,
  ])
  expect(known.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))).toEqual([
    ['customers.csv', 'CUSTOMERS'],
    ['prices.csv', 'PRICES'],
    ['products.csv', 'PRODUCTS'],
    ['promotions.csv', 'PROMOTIONS'],
    ['stock.csv', 'STOCK'],
  ])
})

it('reads lines of JSON, other delimiters, quotes and the mark that spreadsheets put in front', () => {
  expect(guess('{"priceList":"base","sku":"A","amount":"1"}\n')).toEqual({
    format: 'JSONL',
    kind: 'PRICES',
    isShopify: false,
  })
  expect(guess('\uFEFF"location";"sku";"onHand"\r\nmadrid;A;1')).toMatchObject({
    format: 'CSV',
    kind: 'STOCK',
  })
})

it('tells the files of Shopify by their handles', () => {
  expect(guess('Handle,Title,Body (HTML),Variant SKU')).toMatchObject({ kind: 'PRODUCTS', isShopify: true })
  expect(guess('Handle,Title,SKU,Location,On hand (new)')).toMatchObject({ kind: 'STOCK', isShopify: true })
})

it('does not guess what says nothing', () => {
  expect(guess('a,b,c')).toMatchObject({ kind: undefined })
  expect(guess('{ broken')).toMatchObject({ format: 'JSONL', kind: undefined })
  expect(guess('')).toMatchObject({ kind: undefined })
})
