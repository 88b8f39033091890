import type { Shape } from './look.ts'
import { ART } from './shapes/art.ts'
import { COFFEE } from './shapes/coffee.ts'
import { COOKWARE } from './shapes/cookware.ts'
import { DECOR } from './shapes/decor.ts'
import { GEAR } from './shapes/gear.ts'
import { GLASSWARE } from './shapes/glassware.ts'
import { KITCHEN_TEXTILES } from './shapes/kitchen-textiles.ts'
import { LAMPS } from './shapes/lamps.ts'
import { LARGE_FURNITURE } from './shapes/large-furniture.ts'
import { PANTRY } from './shapes/pantry.ts'
import { RUGS } from './shapes/rugs.ts'
import { SEATS } from './shapes/seats.ts'
import { SERVING } from './shapes/serving.ts'
import { SOFT_FURNISHINGS } from './shapes/soft-furnishings.ts'
import { TABLES } from './shapes/tables.ts'
import { TABLEWARE } from './shapes/tableware.ts'

/** Every shape that can be drawn, by name. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  ...ART,
  ...COFFEE,
  ...COOKWARE,
  ...DECOR,
  ...GEAR,
  ...GLASSWARE,
  ...KITCHEN_TEXTILES,
  ...LAMPS,
  ...LARGE_FURNITURE,
  ...PANTRY,
  ...RUGS,
  ...SEATS,
  ...SERVING,
  ...SOFT_FURNISHINGS,
  ...TABLES,
  ...TABLEWARE,
}
