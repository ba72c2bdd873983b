import Markup
import Templates

extension ComponentArgument {
    /// The same as a value of the template language.
    var templateValue: Value {
        switch self {
        case .string(let text): .safeless(text)
        case .integer(let number): .int(number)
        case .double(let number): .double(number)
        case .bool(let truth): .bool(truth)
        }
    }
}
