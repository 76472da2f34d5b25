import type { Feature } from '@/feature'
import { session } from './session/feature'
import { shell } from './shell/feature'

export const features: Feature[] = [session, shell]
