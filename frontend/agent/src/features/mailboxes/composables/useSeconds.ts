import { onBeforeUnmount, onMounted, ref } from 'vue'

/** The present, each second: for what is about to happen. */
export function useSeconds() {
  const now = ref(Date.now())
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => (timer = setInterval(() => (now.value = Date.now()), 1000)))
  onBeforeUnmount(() => clearInterval(timer))
  return now
}
