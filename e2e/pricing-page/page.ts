import { answer } from './answer.ts'

document.body.textContent = answer()
