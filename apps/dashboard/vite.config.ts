import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const apiOrigin = `http://127.0.0.1:${process.env.PORT ?? '3000'}`;

export default defineConfig({
  root: here('.'),
  plugins: [react(), tailwindcss()],
  resolve: { alias: { '@': here('./src') } },
  server: {
    port: Number(process.env.DASHBOARD_PORT ?? 5173),
    proxy: {
      ...Object.fromEntries(['/api', '/health', '/metrics'].map((path) => [path, apiOrigin])),
      '/socket.io': { target: apiOrigin, ws: true },
    },
  },
  build: {
    outDir: here('../../dist/dashboard'),
    emptyOutDir: true,
    // Under `font-src 'self'` a font that Vite turned into a data: address would not load.
    assetsInlineLimit: 0,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.{ts,tsx}', '*.spec.ts'],
    setupFiles: [here('./src/testing/setup.ts')],
    css: false,
  },
});
