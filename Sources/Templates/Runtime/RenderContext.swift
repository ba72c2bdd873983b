public import Text

/// One rendering: what functions and host objects may ask of it.
@safe public struct RenderContext: ~Copyable {
    /// The recorder of the page being rendered, as given to ``Renderer/render(_:variables:host:)``.
    public let host: AnyObject?
    @usableFromInline let hostReference: Unmanaged<AnyObject>?
    /// What bounds the rendering.
    public let limits: TemplateLimits
    /// Whether what is printed where the call stands is escaped; functions that make HTML ask.
    public var autoescape: Bool { context?.autoescape ?? false }

    let loader: (any TemplateLoader)?
    var undefined = UndefinedBehavior.lenient
    var output: OutputBuffer
    var stack: ValueStack
    var seen = SeenValue()
    var loops: LoopStack
    /// Where open captures start.
    var captures: [Int] = []
    var steps = 0
    /// How deep functions and templates are nested.
    var depth = 0
    /// How deep the value that is being taken apart is nested.
    var valueDepth = 0
    /// The template that is running, the instruction, and the names it sees; whoever runs it holds them.
    var running: Unmanaged<Program>?
    var word = 0
    var seeing: Unmanaged<TemplateContext>?
    var program: Program? { unsafe running?.takeUnretainedValue() }
    var context: TemplateContext? { unsafe seeing?.takeUnretainedValue() }
    /// What led here, outermost first.
    var calls: CallTrail
    /// Modules without context, each made once.
    var modules: [ObjectIdentifier: ModuleObject] = [:]
    /// Where the error that is on its way was thrown.
    var failure: FailurePlace?
    var findings = Findings()
    /// What may be part of a circle of references and is emptied at the end.
    var circles: [Value] = []
    var cells: [Cells] = []
    var contexts: [TemplateContext] = []
    /// The state of the filter `random`.
    var randomState: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// A rendering that will probably print as many bytes as `expecting` says.
    init(host: AnyObject?, limits: TemplateLimits, loader: (any TemplateLoader)?, expecting: Int = 0) {
        self.host = host
        unsafe hostReference = host.map { unsafe Unmanaged.passUnretained($0) }
        self.limits = limits
        self.loader = loader
        // An eighth more, since two pages of one template differ a little; growing would copy all of it.
        output = OutputBuffer(
            capacity: Swift.max(OutputBuffer.usualCapacity, Swift.min(expecting, 1 << 22) / 8 * 9))
        stack = ValueStack(capacity: 256)
        loops = LoopStack(capacity: 8)
        calls = CallTrail(capacity: 16)
        contexts.reserveCapacity(4)
    }

    /// Hands the recorder to a closure, if it is of this very class; `nil` if it is not.
    ///
    /// What is read is recorded at each read, and to count a reference costs more than most records: here none is.
    @inlinable
    @inline(__always)
    @discardableResult
    public func withHost<Host: AnyObject, Result>(_ type: Host.Type, _ body: (Host) -> Result) -> Result? {
        guard let hostReference = unsafe hostReference else { return nil }
        return unsafe hostReference._withUnsafeGuaranteedRef { host in
            Swift.type(of: host) == type ? body(unsafe unsafeDowncast(host, to: Host.self)) : nil
        }
    }

    private init(forFolding limits: TemplateLimits) {
        host = nil
        unsafe hostReference = nil
        self.limits = limits
        loader = nil
        undefined = .strict
        output = OutputBuffer(capacity: 64)
        stack = ValueStack(capacity: 8)
        loops = LoopStack(capacity: 1)
        calls = CallTrail(capacity: 1)
    }

    /// A rendering of nothing, to compute constants.
    static func forFolding() -> RenderContext {
        var limits = TemplateLimits()
        limits.stringBytes = 1 << 16
        limits.listCount = 1 << 12
        limits.steps = 1 << 16
        return RenderContext(forFolding: limits)
    }

    /// Reports a finding at the place of the call without failing: at the same place with the same words, it is
    /// counted, not repeated.
    public mutating func report(_ code: DiagnosticCode, _ message: String, hint: String? = nil) {
        guard let program else { return }
        findings.add(
            code, message, hint: hint, at: FailurePlace(program: program, word: word, calls: calls.records))
    }

    /// Counts work: a rendering has a bounded number of steps.
    ///
    /// - Throws: an error of kind `limit` when there were too many.
    public mutating func charge(_ more: Int) throws(TemplateError) {
        steps &+= more
        if steps > limits.steps { throw tooManySteps() }
    }

    @inline(never)
    private func tooManySteps() -> TemplateError {
        TemplateError(.limit, "the template ran more than \(limits.steps) steps")
    }

    /// Text of a bounded size.
    func checked(_ bytes: [UInt8], isSafe: Bool = false) throws(TemplateError) -> Value {
        if bytes.count > limits.stringBytes { throw tooLong() }
        return .string(StringValue(bytes, isSafe: isSafe))
    }

    @inline(never)
    func tooLong() -> TemplateError {
        TemplateError(.limit, "a text has more than \(limits.stringBytes) bytes")
    }

    /// A list of a bounded size, of this rendering.
    mutating func newList(_ items: [Value]) throws(TemplateError) -> Value {
        try checkCount(items.count)
        let list = ListValue(items)
        try checkDepth(list.depth)
        return .list(list)
    }

    func checkCount(_ count: Int) throws(TemplateError) {
        if count > limits.listCount {
            throw TemplateError(.limit, "a list has more than \(limits.listCount) elements")
        }
    }

    static let deepestValue = 200

    func checkDepth(_ depth: Int) throws(TemplateError) {
        if depth > Self.deepestValue {
            throw TemplateError(.limit, "values are nested more than \(Self.deepestValue) levels deep")
        }
    }

    /// Notes a value that a template put into another, which may close a circle of references.
    mutating func noteCircle(_ container: Value) {
        circles.append(container)
    }

    consuming func takeOutput() -> [UInt8] { output.takeAll() }
}

/// Where something happened.
struct FailurePlace {
    let program: Program
    let word: Int
    let calls: [CallRecord]
}
