/// A macro, or the body of a call block, with the variables it closes over. Belongs to one rendering.
public final class MacroValue: Sendable {
    init() {}
}
