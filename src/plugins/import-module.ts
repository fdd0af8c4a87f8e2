import { InputError } from '../contracts/input-error.ts';

let typeScriptReady = import.meta.url.endsWith('.ts');

/**
 * Imports a plug-in's module. A plug-in may be TypeScript even where this program runs compiled, so the loader for
 * TypeScript is started the first time one is asked for.
 * @throws InputError where the file is not a module that can be loaded; `who` names the plug-in
 */
export async function importModule(module: URL, who: string): Promise<Readonly<Record<string, unknown>>> {
  if (!typeScriptReady && /\.[cm]?ts$/.test(module.pathname)) {
    const { register } = await import('tsx/esm/api');
    register();
    typeScriptReady = true;
  }
  try {
    return (await import(module.href)) as Record<string, unknown>;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${who}: ${module.pathname} could not be loaded: ${firstLine(reason)}`, {
      cause: error,
    });
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0];
