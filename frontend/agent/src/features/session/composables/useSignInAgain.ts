import { ref } from 'vue'
import { api } from '@shared/api/client'

/** Requests wait here while the person signs in again; their text never leaves the page. */
export const askingToSignIn = ref(false)
let waiting: ((signedIn: boolean) => void)[] = []

export async function askToSignInAgain(): Promise<boolean> {
  if (await signedInMeanwhile()) return true
  askingToSignIn.value = true
  return new Promise((resolve) => waiting.push(resolve))
}

export function signedInAgain(): void {
  askingToSignIn.value = false
  const resume = waiting
  waiting = []
  for (const resolve of resume) resolve(true)
}

/** In another tab, for example: then nobody needs to be asked. */
function signedInMeanwhile(): Promise<boolean> {
  return api.get('/session', { anonymous: true }).then(() => true, () => false)
}
