import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const server = process.env.RELEVO_URL ?? 'http://localhost:8080'
const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

export default defineConfig({
  root: path('.'),
  plugins: [vue()],
  resolve: { alias: { '@shared': path('../shared'), '@': path('./src') } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: { outDir: path('./dist'), emptyOutDir: true, target: 'es2023' },
  server: {
    port: 5173,
    fs: { allow: [path('..')] },
    proxy: { '/api': { target: server, ws: true, changeOrigin: false } },
  },
  test: {
    root: path('..'),
    environment: 'happy-dom',
    include: ['agent/src/**/*.spec.ts', 'shared/**/*.spec.ts'],
    setupFiles: [path('./src/testing/setup.ts')],
    restoreMocks: true,
  },
})
