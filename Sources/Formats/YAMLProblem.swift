/// What libyaml says is wrong, in words that help.
struct YAMLProblem {
    let message: String
    let hint: String?
    /// Whether the slip is where the thing begins that could not be read to its end.
    var isAboutTheBeginning = false

    /// - Parameters:
    ///   - problem: libyaml's sentence.
    ///   - context: what libyaml was doing.
    ///   - byte: the byte at the place.
    init(_ problem: String, context: String, byte: UInt8?) {
        switch problem {
        case "mapping values are not allowed in this context":
            message = "a value must not hold \": \" outside quotes"
            hint = "put the value in quotes; a key of its own is indented as the one above it"
        case "found character that cannot start any token":
            switch byte {
            case UInt8(ascii: "\t"):
                message = "YAML must not be indented with tabs"
                hint = "use spaces"
            case .some(let byte) where byte > 0x20 && byte < 0x7F:
                message = "a value must not start with \(Character(Unicode.Scalar(byte))) outside quotes"
                hint = "put the value in quotes"
            default:
                message = problem
                hint = nil
            }
        case "could not find expected ':'":
            message = "a key without a colon"
            hint = "write key: value"
        case "did not find expected key":
            message = "a key should be here"
            hint = "check the indentation and the quotes of the line and the one before"
        case "found unexpected end of stream" where context.contains("quoted scalar"):
            message = "the quoted text is not closed"
            isAboutTheBeginning = true
            hint = "end it with the quote it starts with"
        case "found unknown escape character":
            message = "no such escape in double quotes"
            hint = "write \\\\ for a backslash, or use single quotes"
        case "control characters are not allowed":
            message = "control characters are not allowed"
            hint = "remove the character"
        default:
            message = problem.isEmpty ? "this is not YAML" : problem
            hint = nil
        }
    }
}
