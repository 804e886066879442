package io.foreshock.fleet;

/** Kinds of machines in the fleet. */
public enum AssetKind {
  /** Room with a sensor for temperature and humidity. */
  CLIMATE("climate", "room"),
  /** Centrifugal pump with an electric motor. */
  PUMP("pump", "pump"),
  /** Delivery van with a combustion engine. */
  VEHICLE("vehicle", "van");

  private final String assetClass;
  private final String prefix;

  AssetKind(String assetClass, String prefix) {
    this.assetClass = assetClass;
    this.prefix = prefix;
  }

  /** As in a pattern's {@code appliesTo}. */
  public String assetClass() {
    return assetClass;
  }

  /** First part of the asset's id. */
  String prefix() {
    return prefix;
  }

  /** Every asset's kind by its number: two rooms, two pumps and one vehicle in five. */
  static AssetKind of(int number) {
    return switch (number % 5) {
      case 0, 2 -> PUMP;
      case 4 -> VEHICLE;
      default -> CLIMATE;
    };
  }
}
