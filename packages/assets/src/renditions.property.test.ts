import { assert, constantFrom, integer, nat, property, record } from 'fast-check'
import { newId } from '@hilo/kernel'
import { expect, it } from 'vitest'
import { isTold, readPath, renditionPath } from './addresses.ts'
import { type Crop, cropBox, CROPS, FORMATS, heightAt, widthsOf } from './renditions.ts'

const percent = integer({ min: 0, max: 100 })
const side = integer({ min: 1, max: 9_000 })
const picture = record({ width: side, height: side, focal: record({ x: percent, y: percent }) })
const crop = constantFrom(...(Object.keys(CROPS) as Crop[]))
const format = constantFrom(...FORMATS)

it('a crop lies inside of its picture, and holds its focal point', () => {
  assert(
    property(picture, crop, (whole, shape) => {
      const { left, top, width, height } = cropBox(whole, shape)
      expect(Math.min(left, top, width - 1, height - 1)).toBeGreaterThanOrEqual(0)
      expect([left + width <= whole.width, top + height <= whole.height]).toEqual([true, true])
      const [x, y] = [(whole.focal.x / 100) * whole.width, (whole.focal.y / 100) * whole.height]
      expect([x >= left - 1, x <= left + width + 1, y >= top - 1, y <= top + height + 1]).not.toContain(false)
    }),
  )
})

it('a picture is told in at most six widths, never wider than it is', () => {
  assert(
    property(picture, crop, (whole, shape) => {
      const widths = widthsOf(whole, shape)
      expect(widths.length).toBeLessThanOrEqual(6)
      expect(widths.at(-1)).toBeLessThanOrEqual(whole.width)
      expect(widths.toSorted((a, b) => a - b)).toEqual(widths)
      for (const width of widths) expect(heightAt(whole, shape, width)).toBeLessThanOrEqual(whole.height)
    }),
  )
})

it('the path of a rendition is read as what it was made of, and no other spelling of it', () => {
  assert(
    property(picture, crop, format, nat(5), (whole, shape, kind, nth) => {
      const widths = widthsOf(whole, shape)
      const rendition = { crop: shape, width: widths[nth % widths.length]!, format: kind }
      const path = renditionPath(newId(), rendition, whole.focal)
      const asked = readPath(path)
      expect(asked).toMatchObject({ what: 'rendition', rendition })
      expect(asked?.what === 'rendition' && isTold(whole, asked)).toBe(true)
      for (const wrong of [`${path}/`, path.toUpperCase(), path.replace('/assets', '//assets'), `${path}?x`])
        expect(readPath(wrong)).toBeUndefined()
    }),
  )
})
