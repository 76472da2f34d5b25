import { ref } from 'vue'

/** Requests wait here while the person signs in again; their text never leaves the page. */
export const askingToSignIn = ref(false)
let waiting: ((signedIn: boolean) => void)[] = []

export function askToSignInAgain(): Promise<boolean> {
  askingToSignIn.value = true
  return new Promise((resolve) => waiting.push(resolve))
}

export function signedInAgain(): void {
  askingToSignIn.value = false
  const resume = waiting
  waiting = []
  for (const resolve of resume) resolve(true)
}
