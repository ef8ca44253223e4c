import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin, UserConfig } from 'vite'

/** Packed once, as small as it gets: a server that did it at the first request would be busy for a second. */
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
      const parts = Object.values(bundle).filter(({ fileName }) => /^assets\/.*\.(?:js|css|svg)$/.test(fileName))
      await Promise.all(
        parts.map(async (part) => {
          const source = await promisify(brotliCompress)(part.type === 'chunk' ? part.code : part.source, { params })
          this.emitFile({ type: 'asset', fileName: `${part.fileName}.br`, source })
        }),
      )
    },
  },
})

/** How a program of ours is built for the path that it answers at. */
export const webAppConfig = (base: string): UserConfig => ({
  base,
  plugins: [react(), packed()],
  build: {
    target: 'es2022',
    // Every part is a file of its own origin: the content security policy allows nothing inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
  },
})
