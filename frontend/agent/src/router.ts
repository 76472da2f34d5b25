import { createRouter, createWebHistory } from 'vue-router'
import { features } from './features'
import { guard } from './features/session/composables/guard'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/inbox/open' },
    ...features.flatMap((feature) => feature.routes),
    { path: '/:rest(.*)*', component: () => import('./features/shell/pages/NotFoundPage.vue'), meta: { title: 'shell.notFound.title' } },
  ],
})

router.beforeEach(guard)

// A page that does not load (the server restarts, or carries a newer desk) says so, with a way to try again.
router.onError((_, to) => void router.replace({ name: 'unreachable', query: { next: to.fullPath } }))
