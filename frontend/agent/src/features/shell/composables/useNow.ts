import { onBeforeUnmount, onMounted, ref } from 'vue'

const now = ref(Date.now())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The present, each half minute, for "18 min" and "hace 2 horas". */
export function useNow() {
  onMounted(() => {
    now.value = Date.now()
    if (watchers++ === 0) timer = setInterval(() => (now.value = Date.now()), 30_000)
  })
  onBeforeUnmount(() => {
    if (--watchers === 0) clearInterval(timer)
  })
  return now
}
