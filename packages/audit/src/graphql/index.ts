import './queries.ts'
import './subscription.ts'
import './timeline.ts'
