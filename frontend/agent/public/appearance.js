// Runs before first paint: writes theme and language onto <html>, so nobody sees a flash of the other one.
;(function () {
  var root = document.documentElement
  var theme = 'system'
  var language = null
  try {
    theme = localStorage.getItem('relevo.theme') || 'system'
    language = localStorage.getItem('relevo.language')
  } catch {
    // Storage may be switched off: the system decides.
  }
  var dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = dark ? 'dark' : 'light'
  root.lang = language || ((navigator.language || 'es').slice(0, 2) === 'en' ? 'en' : 'es')
})()
