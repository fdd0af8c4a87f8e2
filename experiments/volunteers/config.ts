import { TRUTH } from '../../src/contracts/metric.ts';
import { z } from 'zod';
import { OneModel } from '../../src/config/sections/models.ts';
import { DifficultySettings } from '../../src/images/abdomens/settings.ts';
import { backendSetting } from '../../src/learning/backends.ts';
import { SegmentationTraining } from '../../src/segmented/config.ts';
import { CohortData } from '../../src/config/sections/cohort-data.ts';
import { Fitters } from '../../src/config/sections/fitters.ts';
import { Protocol } from '../../src/config/sections/protocol.ts';
import { Seed } from '../../src/config/sections/seed.ts';
import { Statistics } from '../../src/config/sections/statistics.ts';
import { Tissue } from '../../src/config/sections/tissue.ts';
import { Training } from '../../src/config/sections/training.ts';

/** Simulated voxels for the first stage of training, before that on the cohort. */
const Beginning = Training.extend({
  S0: z.number().positive().default(1500).describe('signal at b=0 without noise'),
  tissue: Tissue.describe('tissue of the training voxels'),
});

/** A network that marks the regions beside the readers, trained on other people than those of the study. */
const NetworkReader = z
  .strictObject({
    people: z
      .int()
      .min(4)
      .max(999)
      .default(24)
      .describe(
        'number of people that it is trained on, simulated like those of the study with another seed',
      ),
    validation: z.int().min(1).default(3).describe('how many of them its epoch is chosen on'),
    difficulty: DifficultySettings.optional().describe(
      'what these people have beyond those of the study; by default nothing, so that they are alike',
    ),
    bValues: z
      .array(z.number().min(0))
      .min(1)
      .optional()
      .describe('b-values that it is given; by default all of the protocol'),
    neighbours: z.int().min(0).max(4).default(1).describe('slices on either side that it is given as well'),
    model: OneModel.prefault({ use: 'unet', channels: [12, 24, 48], residual: false }).describe(
      'the network',
    ),
    training: SegmentationTraining,
    engine: backendSetting,
  })
  .describe(
    'a network as one more reader, of virtual volunteers: trained within the run, it marks the regions of everybody, and its region means are compared with those of the readers',
  );

const Sample = z
  .strictObject({
    subject: z.string().min(1).optional().describe('subject; by default the first'),
    session: z.string().min(1).optional().describe('session; by default all of the subject'),
    slice: z
      .int()
      .min(0)
      .optional()
      .describe('index along the third axis, from 0; by default the middle one'),
    learnFrom: z
      .enum(['study', 'slice'])
      .default('study')
      .describe(
        'voxels that fitters learn from for the maps of this slice: those of all regions of the `study`, or those of the `slice` alone, without air, as in the study’s code; region means are the same with both',
      ),
  })
  .describe('the slice shown in the report');

/** The YAML keys of a study of volunteers, before consistency checks. */
export const VolunteersKeys = z.strictObject({
  seed: Seed.default(2020).describe('seed from which every seed is derived'),
  protocol: Protocol.optional().describe('b-values of virtual volunteers; data sets on disk have their own'),
  data: CohortData.describe('virtual volunteers, or a data set on disk'),
  training: Beginning.optional().describe(
    'simulated voxels that networks are trained on first; without it they are trained on the cohort alone',
  ),
  fitters: Fitters,
  statistics: Statistics.prefault({}).describe('how 95 % intervals are computed'),
  network: NetworkReader.optional(),
  sharedVoxels: z
    .enum(['once', 'per reader'])
    .default('once')
    .describe(
      'how often a voxel in regions of several readers counts where fitters learn from the voxels of all regions: `once`, or once `per reader`, as in the study’s code',
    ),
  maps: z
    .enum(['regions', 'all'])
    .default('regions')
    .describe('which voxels are fitted: those inside regions (`regions`), or all (`all`)'),
  sample: Sample.prefault({}),
});

/** Rules between keys: the protocol for simulated volunteers, and reserved names. */
export function checkVolunteers(
  {
    protocol,
    data,
    fitters,
    network,
  }: Pick<z.output<typeof VolunteersKeys>, 'protocol' | 'data' | 'fitters' | 'network'>,
  context: z.core.$RefinementCtx,
): void {
  if (protocol === undefined && data.virtual !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['protocol'],
      message: 'missing; allowed: the name of a protocol, at whose b-values virtual volunteers are simulated',
    });
  }
  const refuse = (message: string, ...path: string[]) =>
    context.addIssue({ code: 'custom', path: ['network', ...path], message });
  if (network && !data.virtual) {
    refuse(
      'is trained on people like the virtual ones of `data.virtual`, which this study does not have; allowed: a label map per person as the drawing of one more reader, as `fit --segment` writes it',
    );
  }
  if (network && network.validation >= network.people - 1) {
    refuse(`found ${network.validation}; allowed: up to ${network.people - 2}`, 'validation');
  }
  const absent = (network?.bValues ?? []).filter((b) => protocol && !protocol.bValues.includes(b));
  if (protocol && absent.length > 0) {
    refuse(
      `found ${absent.join(', ')}; allowed: ${protocol.bValues.join(', ')}, those of the protocol`,
      'bValues',
    );
  }
  const discs = Object.values(data.virtual?.readers ?? {}).some((reader) => reader.discs !== undefined);
  if (network?.training.labels === 'readers' && discs && !data.virtual?.ideal) {
    refuse(
      'found `readers`, who place discs; allowed: `truth`, or `readers` where `ideal` readers draw whole organs',
      'training',
      'labels',
    );
  }
  fitters.forEach(({ name }, i) => {
    if (name !== TRUTH) return;
    context.addIssue({
      code: 'custom',
      path: ['fitters', i],
      message: `found a fitter called ${TRUTH}; allowed: any other name, since true values have this one in tables and figures`,
    });
  });
}

export const volunteersSchema = VolunteersKeys.superRefine(checkVolunteers);
export type VolunteersConfig = z.output<typeof VolunteersKeys>;
