import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import volunteers from '../../experiments/volunteers.ts';
import { simulationSettings } from '../../experiments/volunteers/data-set.ts';
import { networkAgreement } from '../../experiments/volunteers/network-agreement.ts';
import { otherPeople } from '../../experiments/volunteers/network-cells.ts';
import { rateRegions } from '../../experiments/volunteers/rated-regions.ts';
import type { RegionRecord } from '../../experiments/volunteers/rows.ts';
import { icc2 } from '../../src/agreement/icc.ts';
import { meanSquares } from '../../src/agreement/mean-squares.ts';
import { NETWORK_READER } from '../../src/measures/network-reader.ts';
import { near } from '../agreement/near.ts';
import { refused } from '../data/refused.ts';
import { keysOf } from './carry-out.ts';
import { smallStudy } from './small-volunteers.ts';

const test = suite('experiments: volunteers read by a network');

const network = 'network={people: 6, validation: 2, training: {epochs: 1}}';
const fitters = [{ use: 'ls-global' }, { use: 'map' }];

test('what is prepared, simulated and timed is that of a study without a network', async () => {
  const without = await keysOf(volunteers, await smallStudy(fitters));
  const keys = await keysOf(volunteers, await smallStudy(fitters, { set: [network] }));
  const added = [...keys.keys()].filter((id) => !without.has(id));
  assert.equal(added.sort(), ['mark by network', 'people of the network', 'train network']);
  const same = (id: string) => keys.get(id) === without.get(id);
  assert.ok([...without.keys()].filter((id) => /^(simulate|survey|prepare|time)/.test(id)).every(same));
  assert.not.ok([...without.keys()].filter((id) => /^(read|fit|agree)/.test(id)).some(same));
});

test('nobody of the study is among the people the network is trained on, who are scanned as they are', async () => {
  const config = await smallStudy(fitters, { set: [network] });
  const settings = simulationSettings(config)!;
  const others = otherPeople(settings, config.network!);
  assert.is(others.names.length, 6);
  assert.ok(others.settings.every(({ volunteers: { seed } }) => seed !== settings.seed));
  assert.equal(
    others.settings.map(({ volunteers: { sessions } }) => Object.values(sessions)[0].field),
    ['1.5T', '3T'],
  );
});

test('a network that reads as the first reader agrees with them wholly, and with others as they do', () => {
  const records = (['reader1', 'reader2', NETWORK_READER] as const).flatMap((reader) =>
    [0, 1, 2, 3, 4].flatMap((person) =>
      ['liver', 'spleen'].map((region, r): RegionRecord => {
        const value = 1 + r + 0.1 * person * person + (reader === 'reader2' ? 0.05 * ((person * 7) % 3) : 0);
        return { subject: `sub-${person}`, reader, region, used: 9, D: value, f: value, Dp: value };
      }),
    ),
  );
  const found = networkAgreement(rateRegions(records, 'D'));
  const value = (metric: string, factors: object = {}) =>
    found.find(
      (row) => row.metric === metric && JSON.stringify(row.factors ?? {}) === JSON.stringify(factors),
    )!.value;
  const readers = rateRegions(
    records.filter(({ reader }) => reader !== NETWORK_READER),
    'D',
  );
  const between = icc2.value(meanSquares(readers.ratings));
  near(value('network_icc2', { reader: 'reader1' }), 1, 1e-9);
  near(value('network_icc2', { reader: 'reader2' }), between, 1e-9);
  near(value('network_icc2_difference'), (1 - between) / 2, 1e-9);
  const sumOf = (of: (person: number) => number) =>
    [0, 1, 2, 3, 4].reduce((sum, person) => sum + of(person), 0);
  const apart = (person: number) => 0.025 * ((person * 7) % 3);
  const ofReaders = sumOf((person) => 1 + 0.1 * person * person + apart(person));
  near(value('network_region_difference', { region: 'liver' }), (-100 * sumOf(apart)) / ofReaders, 1e-9);
  // A region the network lacks in somebody is left out of all of it.
  const fewer = records.map((record) =>
    record.reader === NETWORK_READER && record.subject === 'sub-0' ? { ...record, D: NaN } : record,
  );
  assert.is(networkAgreement(rateRegions(fewer, 'D'))[0].n, 8);
  assert.equal(networkAgreement(readers), []);
});

test('wrong studies are refused in a line', async () => {
  const refuse = (set: string[], message: RegExp) => refused(() => smallStudy(fitters, { set }), message);
  await refuse(['network={people: 6, validation: 5}'], /validation.*found 5; allowed: up to 4/);
  await refuse(['network={bValues: [0, 400]}'], /bValues.*found 400; allowed: 0, 10/);
  const discs = 'data.virtual.readers.A={discs: {number: {spleen: 1}}}';
  await refuse([discs, network], /labels.*who place discs; allowed: `truth`/);
});

test.run();
