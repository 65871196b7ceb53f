import { globSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { must } from '../machine/run.ts';

const SUITE = 'trixie-backports';

/** The files of a package of a Debian newer than the machine's, unpacked into `folder`; nothing is installed. */
export async function unpackNewer(metaPackage: string, folder: string): Promise<void> {
  const apt = join(folder, 'apt');
  for (const part of ['state/lists/partial', 'cache/archives/partial'])
    await mkdir(join(apt, part), { recursive: true });
  await writeFile(join(apt, 'sources.list'), `deb ${await mirror()} ${SUITE} main\n`);
  const places = [
    `Dir::Etc::sourcelist=${join(apt, 'sources.list')}`,
    'Dir::Etc::sourceparts=-',
    `Dir::State=${join(apt, 'state')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
  ].flatMap((place) => ['-o', place]);
  await must(['apt-get', ...places, 'update', '-q']);
  const name = newest(await must(['apt-cache', ...places, 'depends', metaPackage]), metaPackage);
  // apt fetches as a user of its own where the folder lets it, and only warns where not.
  await must(['apt-get', ...places, 'download', '-q', name], { cwd: apt });
  await must(['dpkg-deb', '--extract', globSync(join(apt, '*.deb'))[0] ?? '', folder]);
  await rm(apt, { recursive: true });
}

// A package without content of its own depends on the one of the newest version: "  Depends: linux-source-7.3".
function newest(depends: string, metaPackage: string): string {
  const name = /^ *Depends: (\S+)$/m.exec(depends)?.[1];
  if (!name) throw new Error(`${SUITE} has no ${metaPackage}: ${depends.trim()}`);
  return name;
}

/** Where this machine takes its own packages of Debian from. */
async function mirror(): Promise<string> {
  const asked = ['apt-get', 'indextargets', '--format', '$(LABEL) $(REPO_URI)', 'Created-By: Packages'];
  const uri = /^Debian (\S+)$/m.exec(await must(asked))?.[1];
  if (!uri) throw new Error('apt knows no mirror of Debian: the source of the kernel comes from one');
  return uri;
}
