import type { Feature } from '@/feature'
import { inbox } from './inbox/feature'
import { session } from './session/feature'
import { settings } from './settings/feature'
import { setup } from './setup/feature'
import { shell } from './shell/feature'

export const features: Feature[] = [inbox, settings, session, setup, shell]
