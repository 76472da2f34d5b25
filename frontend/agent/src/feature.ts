import type { Component } from 'vue'
import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router'

/** What a feature brings to the desk: its pages, its place on the rail and the keys it answers to. */
export interface Feature {
  routes: RouteRecordRaw[]
  menu?: MenuItem[]
  shortcuts?: ShortcutHint[]
}

export interface MenuItem {
  to: RouteLocationRaw
  /** First part of the paths that belong to it. */
  path: string
  label: string
  icon: Component
}

/** One line of the sheet that `?` opens. */
export interface ShortcutHint {
  keys: string[]
  label: string
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Anyone may open it, signed in or not. */
    open?: boolean
    /** Without the rail and the top bar. */
    bare?: boolean
    title?: string
    permission?: string
  }
}
