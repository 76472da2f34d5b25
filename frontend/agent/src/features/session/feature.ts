import type { Feature } from '@/feature'

export const session: Feature = {
  routes: [
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/SignInPage.vue'), meta: { open: true, bare: true, title: 'session.signIn.title' } },
    {
      path: '/invitation/:token',
      name: 'invitation',
      component: () => import('./pages/InvitationPage.vue'),
      props: true,
      meta: { open: true, bare: true, title: 'session.invitation.title' },
    },
  ],
}
