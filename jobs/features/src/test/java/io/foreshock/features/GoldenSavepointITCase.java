package io.foreshock.features;

import io.foreshock.runtime.testing.GoldenJob;
import io.foreshock.runtime.testing.GoldenSavepointCases;

/** What any release left in a savepoint goes on in this one; see {@link GoldenSavepointCases}. */
class GoldenSavepointITCase extends GoldenSavepointCases {

  @Override
  protected GoldenJob job() {
    return new FeaturesGolden();
  }
}
