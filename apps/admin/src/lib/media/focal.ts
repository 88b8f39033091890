/** The point of a picture that crops keep, in whole percent from the left and from the top. */
export type Focal = { x: number; y: number }

interface Size {
  readonly width: number
  readonly height: number
}

const within = (percent: number): number => Math.min(100, Math.max(0, Math.round(percent)))

/** The point under a pointer on a picture. */
export const focalAt = (
  { clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>,
  box: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>,
): Focal => ({
  x: within(((clientX - box.left) / box.width) * 100),
  y: within(((clientY - box.top) / box.height) * 100),
})

const STEPS: Readonly<Record<string, Focal>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const FAST = 10

/** Where a key moves a point; nothing for a key that moves none. With shift it goes further. */
export const focalBy = (focal: Focal, { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>) => {
  if (key === 'Home') return { x: 50, y: 50 }
  const step = STEPS[key]
  const by = shiftKey ? FAST : 1
  return step && { x: within(focal.x + step.x * by), y: within(focal.y + step.y * by) }
}

/** How far along its way a window of this length stands, in percent, with the point as near to its middle as it goes. */
const along = (percent: number, whole: number, seen: number): number => {
  const room = whole - seen
  if (room < 1) return 50
  return (Math.min(Math.max((percent / 100) * whole - seen / 2, 0), room) / room) * 100
}

/** `object-position` of a picture that fills a box of this shape, cut as the server cuts it. */
export const positionIn = ({ width, height }: Size, focal: Focal, shape: Size): string => {
  const seenWidth = Math.min(width, (height * shape.width) / shape.height)
  const seenHeight = Math.min(height, (width * shape.height) / shape.width)
  const [x, y] = [along(focal.x, width, seenWidth), along(focal.y, height, seenHeight)]
  return `${x.toFixed(1)}% ${y.toFixed(1)}%`
}
