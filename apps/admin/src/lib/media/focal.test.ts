import { describe, expect, it } from 'vitest'
import { focalAt, focalBy, positionIn } from './focal.ts'

const key = (name: string, shiftKey = false) => ({ key: name, shiftKey })

describe('the focal point', () => {
  it('is where the pointer is, and stays inside of the picture', () => {
    const box = { left: 100, top: 50, width: 200, height: 100 }
    expect(focalAt({ clientX: 150, clientY: 75 }, box)).toEqual({ x: 25, y: 25 })
    expect(focalAt({ clientX: 0, clientY: 500 }, box)).toEqual({ x: 0, y: 100 })
  })

  it('moves by the arrow keys, further with shift, back to the middle with Home, and by no other key', () => {
    expect(focalBy({ x: 50, y: 50 }, key('ArrowLeft'))).toEqual({ x: 49, y: 50 })
    expect(focalBy({ x: 95, y: 50 }, key('ArrowRight', true))).toEqual({ x: 100, y: 50 })
    expect(focalBy({ x: 5, y: 0 }, key('ArrowUp'))).toEqual({ x: 5, y: 0 })
    expect(focalBy({ x: 5, y: 0 }, key('Home'))).toEqual({ x: 50, y: 50 })
    expect(focalBy({ x: 5, y: 0 }, key('Tab'))).toBeUndefined()
  })

  it('is shown in the middle of a crop where there is room, else at the edge that it is nearest to', () => {
    const wide = { width: 400, height: 100 }
    const square = { width: 1, height: 1 }
    expect(positionIn(wide, { x: 50, y: 50 }, square)).toBe('50.0% 50.0%')
    expect(positionIn(wide, { x: 0, y: 0 }, square)).toBe('0.0% 50.0%')
    expect(positionIn(wide, { x: 25, y: 0 }, square)).toBe('16.7% 50.0%')
    expect(positionIn(wide, { x: 100, y: 0 }, square)).toBe('100.0% 50.0%')
  })
})
