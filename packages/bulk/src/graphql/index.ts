import './job.ts'
import './mutations.ts'
import './products-upsert.ts'
