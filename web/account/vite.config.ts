import { webAppConfig } from '@custom-identity-platform/kit/web-app-config.ts'
import { defineConfig } from 'vite'

export default defineConfig(webAppConfig('/account/'))
