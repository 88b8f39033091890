import { defineRefusals } from '@hilo/kernel'

/** What assets refuse. */
export const ASSET_REFUSALS = defineRefusals({
  ASSETS_NOT_KEPT: {
    data: {},
    en: 'Files cannot be uploaded here: this process has no key to sign addresses with.',
    es: 'Aquí no se pueden subir archivos: este proceso no tiene clave para firmar direcciones.',
    fix: 'Set HILO_SECRET_KEY.',
  },
  ASSETS_NOT_FETCHED: {
    data: {},
    en: 'This shop fetches nothing from other systems: it has no key.',
    es: 'Esta tienda no descarga nada de otros sistemas: no tiene clave.',
    fix: 'Set HILO_SECRET_KEY.',
  },
  IMPORT_CUT_OFF: {
    data: {},
    en: 'The file did not come to its end in time.',
    es: 'El archivo no ha llegado entero a tiempo.',
    fix: 'Try again, or download it and upload it from your own disk.',
  },
  IMPORT_BUSY: {
    data: {},
    en: 'Too many files are being fetched just now.',
    es: 'Ahora mismo se están descargando demasiados archivos.',
    fix: 'Try again in a moment.',
  },
  UPLOAD_LINK_INVALID: {
    data: {},
    en: 'This address for uploading has ended, or never was one.',
    es: 'Esta dirección de subida ha caducado o no es válida.',
    fix: 'Ask for another with assetUploadCreate.',
  },
  UPLOAD_EMPTY: {
    data: {},
    en: 'The file is empty.',
    es: 'El archivo está vacío.',
    fix: 'Send the bytes of the file as the body of the request.',
  },
  UPLOAD_TOO_LARGE: {
    data: { max: 'int' },
    en: 'The file has more than {max} bytes.',
    es: 'El archivo tiene más de {max} bytes.',
    fix: 'Send a smaller file, or raise HILO_ASSETS_MAX_IMAGE_MB or HILO_ASSETS_MAX_FILE_MB.',
  },
  FILE_NAME_INVALID: {
    data: {},
    en: 'A name of a file has 1 to 200 characters, without slashes and control characters.',
    es: 'Un nombre de archivo tiene de 1 a 200 caracteres, sin barras ni caracteres de control.',
    fix: 'Send a name such as beans.jpg.',
  },
  PICTURE_INVALID: {
    data: {},
    en: 'This is not a whole JPEG, PNG, WebP, AVIF, GIF or TIFF picture.',
    es: 'Esto no es una imagen JPEG, PNG, WebP, AVIF, GIF o TIFF completa.',
    fix: 'Send one of these; SVG is taken as a file to download only.',
  },
  PICTURE_TOO_LARGE: {
    data: { width: 'int', height: 'int', maxMegapixels: 'int', maxSide: 'int' },
    en: 'The picture has {width} × {height} pixels; at most {maxMegapixels} million, and {maxSide} on each side, are possible.',
    es: 'La imagen tiene {width} × {height} píxeles; como máximo son posibles {maxMegapixels} millones, y {maxSide} en cada lado.',
    fix: 'Make the picture smaller.',
  },
  FOCAL_POINT_INVALID: {
    data: {},
    en: 'A focal point lies inside of its picture: from 0 to 1, from the left and from the top.',
    es: 'Un punto focal está dentro de su imagen: de 0 a 1, desde la izquierda y desde arriba.',
    fix: 'Send numbers from 0 to 1, of a picture.',
  },
  ALT_TEXT_INVALID: {
    data: { max: 'int' },
    en: 'An alternative text has at most {max} characters in each language, all of them visible.',
    es: 'Un texto alternativo tiene como máximo {max} caracteres visibles en cada idioma.',
    fix: 'Shorten the text.',
  },
  ASSET_IN_USE: {
    data: { heldBy: 'sentence' },
    en: 'This is still shown or given somewhere ({heldBy}).',
    es: 'Todavía se muestra o se entrega en algún sitio ({heldBy}).',
    fix: 'Take it away there first: see Asset.usedBy.',
  },
})
