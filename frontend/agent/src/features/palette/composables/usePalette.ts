import { ref } from 'vue'

const isOpen = ref(false)
/** Loaded the first time that somebody asks for it. */
const wanted = ref(false)

export function usePalette() {
  function open() {
    wanted.value = true
    isOpen.value = true
  }
  return { isOpen, wanted, open }
}
