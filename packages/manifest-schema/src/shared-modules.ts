/** The modules that a plugin's bundle leaves as imports, because every host page provides them. */
export const sharedModules = ['react', 'react/jsx-runtime', 'react-dom', 'react-dom/client'] as const
