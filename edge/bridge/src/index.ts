export { type EdgeApi, edgeApi, type EdgeApiOptions, type SignInAnswer } from './api/edge-api.ts'
export { type Bridge, type BridgeOptions, CHANNEL_KINDS, startBridge } from './bridge.ts'
export { PATIENCE, type Patience } from './pipeline.ts'
